"""The watch: what time does without being asked.

    rounds        one unit of work a call: wake, deliver, tell, beat, fly a canary, seal
    loop          the threads that call them until they are told to stop
    clock_steps   noticing that the clock on the wall jumped
    delivery      handing one mail to an SMTP server, and what became of it
    post_office   the server that keeps mail on this machine when none is configured
    second_path   the outside addresses that hear when mail does not work

Nothing here decides what is due or who hears; that is `rules`. Nothing here
saves; that is `desk.actions`.
"""
