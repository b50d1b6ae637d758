"""English words for people, things and times, by what they are. Stars and underscores as in `acts`."""

THINGS: dict[str, str] = {
    "p1": "i we us me our ours my mine myself ourselves i'm we're i've we've i'll we'll i'd we'd im ive ill",
    "p2": "you your yours u ur yourself yourselves you're you've you'll you'd ya ye youre",
    "p3": "he she they them him her it its their his hers it's they're he's she's",
    "fut": "will 'll shall gonna won't going_to about_to i'll we'll you'll he'll she'll they'll it'll",
    "modal": "can could may might would should must ought able",
    "neg": "not n't no never nothing none nobody neither nor without cannot hasn't haven't isn't aren't wasn't"
    " weren't doesn't don't didn't won't can't couldn't wouldn't shouldn't hadn't nope nowhere dont doesnt didnt"
    " isnt cant wont hasnt havent zero hardly barely",
    "perf": "have has had 've i've we've you've having been they've",
    "be": "is are was were be being am 's 're i'm we're you're it's that's there's",
    "cond": "if unless once when whenever provided in_case as_soon_as until after",
    "but": "but however yet although though still nevertheless except only unfortunately sadly shame pity only_that"
    " trouble_is problem_is thing_is despite even_though instead",
    "wh": "what when where who why how which whose how_long how_much how_many what's where's when's who's how's",
    "sorry": "sorry apolog* regret* forgive* pardon ashamed my_bad mea_culpa excuse_us embarrassed mortified"
    " excuse_me remorse contrite soz sry hands_up",
    "thanks": "thank thanks thx ty cheers grateful gratitude appreciat* much_obliged obliged kudos tysm thankyou tq"
    " hats_off shout-out shoutout bless credit_to compliments commend* well_done bravo god_bless ta nice_one"
    " good_job great_job chapeau",
    "advance": "in_advance thanks_in_advance many_thanks kind_regards",
    "remedy": "refund* voucher* credit discount* replacement* compensation goodwill coupon* gift upgrade month_free"
    " free_month off free_of_charge percent free money_back full_refund partial_refund reimbursement exchange repair"
    " gesture points miles bonus hamper bouquet flowers breakfast dinner lunch dessert bottle tickets reduction"
    " rebate deposit amount difference charge no_charge price half_price store_credit fee bill meal spare loan"
    " loaner courtesy freebie pass night entry session lesson",
    "desk": "team teams department* colleague* desk specialist* tier level billing claims accounts warehouse*"
    " partner franchise* supplier* insurer* carrier courier agency manufacturer* unit section office branch* dept"
    " supervisor back-office reservations sales finance legal housing maintenance engineering engineers developers"
    " devs technicians support customer_care customer_service helpdesk outlet operator provider distributor merchant"
    " retailer importer landlord embassy council consulate bank person_in_charge squad expert* folks guys crew lot"
    " facilities payroll admissions registrar pharmacy workshop garage dispatch logistics kitchen safety security"
    " fraud collections retention loyalty lost_property baggage property surgery laboratory lab dealer dealership",
    "proof": "photo* picture* pic* screenshot* number* reference* ref details address receipt* name names date proof"
    " copy copies iban email phone serial model invoice* id passport video order_number postcode zip bill statement"
    " code account card digits document* form signature certificate licence license booking plate registration dob"
    " birthday size colour color version browser device meter reading policy contract tag pnr username mobile label",
    "question_noun": "question query enquiry inquiry wondering wonder ask asking curious know tell_me idea possible",
    "policy": "policy policies terms conditions warranty guarantee contract rule rules law regulation* clause"
    " section paragraph small_print excess tariff fare fares fee fees tax taxes vat charge charges limit limits"
    " minimum maximum allowance period deadline notice requirement* entitlement statutory legislation legally"
    " exclusion exclusions agreement standard grace threshold quota bylaw insurance deductible",
    "ui": "settings menu button app website page link account login password tab icon screen site portal browser"
    " profile dashboard inbox spam folder cache lever knob switch valve filter reset tray remote cable plug socket",
    "case": "case ticket complaint claim request issue matter enquiry file report message mail email letter incident"
    " feedback comments comment query concern concerns note submission application appeal",
    "thing": "parcel* package* packet order orders item items bag bags suitcase luggage flight* train bus ferry"
    " coach room* booking* reservation appointment sofa chair table bed mattress wardrobe fridge freezer oven"
    " washing_machine washer dryer dishwasher boiler heating router modem internet broadband wifi phone handset"
    " laptop tablet screen battery charger car van bike bicycle tyre engine lift key keys card parcel pizza meal"
    " food cake soup drink book shoes boots dress coat jacket shirt jumper ring watch glasses medicine prescription"
    " vaccine dog cat pet ticket tickets concert show course class gym pool meter pipe roof leak window door lock"
    " part parts toy game pram cot buggy hotel flat apartment house garden kettle toaster blender camera printer tv"
    " television line signal service payment transfer delivery",
    "money": "money payment* cash sum pounds euros dollars pence cents bucks quid euro dollar pound rupees balance"
    " amount direct_debit standing_order invoice bank card paypal account wallet instalment instalments salary",
    "doer": "engineer technician driver plumber electrician fitter locksmith courier postman nurse doctor vet guide"
    " agent rep representative clerk receptionist waiter waitress staff operator guard steward crew chef cook"
    " manager guy lady bloke man woman person somebody someone mechanic inspector installer cleaner caretaker"
    " consultant",
    "event": "wedding birthday party funeral exam exams christmas christening graduation anniversary holiday"
    " holidays trip interview meeting concert festival surgery operation easter ceremony baptism baby honeymoon"
    " school term start",
    "day": "monday* tuesday* wednesday* thursday* friday* saturday* sunday* mon tue tues wed thu thur thurs fri sat"
    " sun weekday weekend",
    "month": "january february march april june july august september october november december jan feb mar apr jun"
    " jul aug sep sept oct nov dec",
    "now": "today now tonight currently immediately right_away this_morning this_afternoon this_evening at_once"
    " straight_away straightaway just_now at_present at_the_moment as_we_speak right_now",
    "tomorrow": "tomorrow tmrw tomoz overmorrow day_after_tomorrow next_week next_month next_monday next_friday eod"
    " cob end_of_day end_of_the_day close_of_business close_of_play end_of_week end_of_the_week this_week this_month"
    " end_of_the_month the_weekend first_thing later_today fortnight",
    "past": "yesterday ago last last_week last_month last_night previously earlier before once since already"
    " overnight this_morning",
    "part": "morning afternoon evening noon midday midnight night lunchtime am pm o'clock a.m p.m lunch",
    "unit": "hour hours hr hrs minute minutes min mins day days week weeks month months year years fortnight seconds"
    " h working business calendar",
    "deadline": "by before within no_later_than latest until at_the_latest in_the_next between not_later inside"
    " on_or_before up_to in_under",
    "soon": "soon shortly asap as_soon_as_possible in_due_course promptly before_long in_a_bit in_a_moment"
    " momentarily at_the_earliest any_time_now as_quickly_as quickly possible in_time eventually in_a_jiffy in_a_few"
    " imminently as_fast_as as_soon_as_we watch_this_space stay_tuned bear_with_us hang_tight hang_on hold_tight"
    " sit_tight",
    "patience": "patience patient understanding bear_with kind_understanding rest_assured assure assured seriously"
    " priority valued valuable important value values utmost hands assurance not_forgotten haven't_forgotten care",
    "still": "still again yet keeps keep continues persists same another once_more same_problem as_before remains"
    " back_to_square no_different no_better exactly_the_same no_change unchanged nothing_has_changed repeatedly",
    "count": "first second third fourth fifth sixth seventh twice thrice times 2nd 3rd 4th 5th 6th once one two"
    " three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty sixty hundred dozen couple"
    " half both several umpteenth nth every each",
    "auto": "assistant nobody_reads no_one_reads we're_closed we_are_closed closed_now currently_closed"
    " read_by_nobody replies_are_not automatic automatically automated auto auto-reply autoreply auto-response"
    " noreply no-reply do_not_reply don't_reply unattended unmonitored not_monitored bot chatbot mailbox"
    " office_hours opening_hours working_hours business_hours system-generated system_generated generated"
    " virtual_assistant out_of_hours queue status mailer-daemon postmaster this_inbox replies_to_this cannot_receive",
    "ooo": "out_of_office out_of_the_office annual_leave on_leave vacation parental_leave maternity_leave"
    " undeliverable undelivered delivery_failed delivery_failure failure_notice returned_to_sender mailer-daemon"
    " not_be_delivered could_not_be_delivered mailbox_full over_quota limited_access no_access access_to_my_email"
    " intermittent_access auto-reply autoreply automatic_reply automatic_response auto_response will_be_back back_on"
    " back_in_the_office returning_on return_to_the_office user_unknown unknown_user does_not_exist"
    " address_not_found fax transmission smtp gateway postmaster read_receipt was_read was_displayed"
    " message_was_read recipient no_longer_with no_longer_works has_left delivery_status permanently_deferred"
    " temporarily_deferred blocked away until ticket_created has_been_created noreply auto_reply automated_message"
    " automatically_generated do_not_reply sick_leave in_my_absence my_absence travelling on_business_trip pages"
    " resolution sms not_monitored",
    "attach": "attached attach attaching enclosed attachment attachments here_you_go here_it_is here_is here_are"
    " here's as_requested as_asked as_you_asked as_promised see_below please_find find_attached below herewith"
    " you_asked_for you_wanted per_your_request in_reply_to in_answer requested following_details the_info info"
    " asked_me answering per_your there_you_go voila re_your",
}
