"""English words for how something was, by what they say of it. Stars and underscores as in `acts`."""

FEELINGS: dict[str, str] = {
    "broken": "broken broke breaks break damaged damage cracked crack* leak* leaking leaked faulty fault* dead"
    " defective missing late delayed dirty filthy cold rude smell* smelt stink* mould* mold* stain* torn ripped"
    " scratched scratch dented dent bent wrong lost lose losing stolen fell crash* crashed freez* frozen froze stuck"
    " jammed burnt burned burning smoke smoking sparks flooded flood soaked wet raw undercooked overcooked stale"
    " rotten expired cockroach* mice bedbugs hair loose wobbl* squeak* snapped shattered peeling faded shrunk shrank"
    " too_small too_big short incomplete empty blank overcharged charged_twice double-charged billed_twice"
    " deducted_twice cancelled canceled overbooked bumped stranded locked_out blocked error errors bug buggy glitch*"
    " unusable doesn't_work not_working won't_start won't_turn stopped_working not_arrived hasn't_arrived"
    " never_arrived never_came not_come didn't_come no_show didn't_turn_up hasn't_turned_up not_turned_up"
    " nobody_came no_one_came nowhere ill sick poisoned allergic hurt injured bleeding burn hospital crying cried"
    " ruined ruin spoiled spoilt destroyed drip* dripping blinking flicker* noisy noise banging rattl* fall* falling"
    " collapsed outage down out_of_order without_water no_water no_heating no_hot without_heating no_power no_signal"
    " dropped drops cut hung_up disconnected lied lie lies hidden misleading misled unauthorised unauthorized"
    " refused denied",
    "bad": "disappoint* unacceptable disgust* angry anger ridiculous joke shame shameful shambles disgrace* awful"
    " terrible horrible horrendous appalling* worst worse fed_up useless poor poorly pathetic rip_off rip-off ripoff"
    " scam* con robbery daylight_robbery unprofessional incompet* unhappy upset furious livid annoyed annoying"
    " frustrat* outrage* outrageous not_impressed unimpressed dreadful abysmal atrocious insult* insulting nonsense"
    " rubbish garbage trash crap sick_of sick_and_tired had_enough enough nightmare farce fiasco mess cowboys liars"
    " clowns idiots muppets absurd inexcusable unforgivable scandal* careless neglect* negligen* not_good_enough"
    " not_happy not_satisfied dissatisf* let_down letdown waste wasted wasting cheated stung fuming never_again"
    " avoid hate hated wtf ffs omg smh seriously honestly unbelievable beggars_belief lost_faith lost_for_words"
    " gutted complaint complain complaining complaints regrettable concerned worried stress* stressful tired"
    " exhausted embarrass* humiliat* not_what i_expected expected_better leaves_a_lot underwhelm* meh so_much_for"
    " third_rate shoddy sloppy bodged bodge botched overpriced deceptive cheeky bloody damn hell stop",
    "good": "great brilliant excellent fantastic lovely kind helpful perfect perfectly amazing star legend superb"
    " wonderful awesome fab fabulous outstanding impressed delighted happy pleased glad love loved loves best"
    " a_pleasure smooth quick fast polite friendly patient professional exceptional top_notch first_class spot_on"
    " made_my_day made_my_week lifesaver life-saver saved hero angel angels gem champ terrific marvellous beautiful"
    " delicious flawless above_and_beyond extra_mile thumbs_up 10/10 five_stars thrilled chuffed over_the_moon"
    " couldn't_be_happier works_now working_now works_a_treat like_new works_perfectly works_fine all_good sorted",
    "irony": "oh wow bravo congratulations congrats brilliant genius lovely wonderful charming classy stellar"
    " slow_clap well_done nice_work great_job hilarious apparently so-called supposedly just_what_i_needed how_kind"
    " so_kind how_generous must_be guess funny impressive of_course clearly obviously what_a_surprise surprise",
    "fixed": "fixed repaired repair replaced replacement new solved resolved sorted closed refunded refund credited"
    " corrected installed reset restarted reinstalled rebooted updated cleaned mended patched swapped",
    "followed": "like_you_said as_you_said as_instructed as_advised as_suggested you_suggested your_instructions"
    " your_advice did_what i_did tried followed i_tried your_link your_steps the_steps the_link you_sent you_told"
    " did_that done_that done_it as_told no_joy no_luck no_dice same_result didn't_help doesn't_help no_effect"
    " made_no_difference not_solved not_resolved unsolved unresolved not_fixed not_sorted reopen re-open"
    " doesn't_answer didn't_answer wasn't_my_question not_what_i_asked wasn't_what_i_asked not_my_question"
    " wrong_answer came_back back_again again_today happened_again still_not started_again gave_me the_code"
    " the_voucher the_replacement the_new_one the_second_one your_answer your_reply your_solution your_fix"
    " your_technician your_engineer not_an_answer marked_as says_resolved says_closed says_delivered closed_my"
    " closed_the",
    "please": "please pls plz kindly i'd_like i_would_like i_want i_need i_expect i_demand want_my need_my give_me"
    " get_me send_me i_insist would_like",
    "yes": "yes yeah yep yup sure ok okay correct right exactly indeed certainly of_course absolutely definitely"
    " good_news good_question great_question aye affirmative",
    "no": "no nope nah sadly unfortunately afraid i'm_afraid regrettably alas",
    "greet": "hi hello hey dear morning good_morning good_afternoon good_evening regards sincerely best cheers hiya"
    " greetings warm faithfully namaste howdy hola yours sir madam sirs",
    "wish": "hope hopefully wish welcome enjoy have_a_lovely have_a_nice have_a_great weekend happy_birthday merry"
    " congratulations safe good_luck all_the_best take_care look_forward looking_forward see_you",
}
