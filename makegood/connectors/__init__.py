"""Having things done by others: refunds, discounts, parcels. Each way is a folder that can be deleted.

In reading order:
    base.py     what every connector promises, and how it says what became of an order
    line.py     one exchange over HTTP, exact about what may have happened
    console/    writes down what it would have had done; for a demo, a test, a house without a shop
    by_hand/    a task for a person, done when he says what shows it
    codes/      our own single-use codes
    stripe/     refunds; coupons with a promotion code
    shopify/    refunds; discount codes
    at_hand.py  the connectors of this house, and what is missing in its settings

No framework, no database, no clock. `desk/actions/orders.py` keeps the orders, `watch/orders.py` carries them out.
"""
