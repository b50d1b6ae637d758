"""English words of doing, by what is done. A star stands for any ending; an underscore joins words of a phrase."""

ACTS: dict[str, str] = {
    # What a house does for a customer.
    "give": "refund* reimburs* credit* recredit* compensat* repay repaid repaying waive* waiving offset grant* give"
    " gives gave given giving pay pays paid paying payout return returned returning replace replaces replaced"
    " replacing swap* exchang* upgrad* send sends sent sending resend resent ship ships shipping shipped reship*"
    " dispatch* despatch* deliver* redeliver* repair repairs repaired repairing fix fixes fixed fixing mend* collect"
    " collects collected collecting deduct* discount* knock* cover provide* rebook* rebooked reinstat* restor*"
    " reverse reversed reversing cancel* extend* issue issues issued issuing transfer_the_money put_back take_off"
    " book_you chuck throw_in pop_in_the_post sort_out swing top_up write_off wipe match honour honor treat arrange"
    " arranged arranging install* fit fits fitted fitting reissu* post posted posting pick_up swapped remake redo"
    " reprint* rewire* comp comped absorb* shave* drop_off bring bringing brought deposit* process_the_refund"
    " make_up_for cut slash",
    "handle": "look_into looking_into looked_into looks_into investigat* review reviewing reviewed check checking"
    " examin* process processing processed work_on working_on works_on handl* deal_with dealing_with analys* analyz*"
    " monitor* assess* evaluat* dig_into digging_into chas* chase follow_up following_up followed_up on_it"
    " on_the_case in_hand looking_at look_at going_through being_dealt go_through consider* under_review in_progress"
    " being_worked get_to_the_bottom getting_to_the_bottom sort sorting keep_an_eye keeping_an_eye track tracking"
    " triag* escalat*_it verify* verifying validat* queue* queued aware_of aware awaiting_review in_good_hands dealt"
    " prioritis* prioritiz* being_looked with_the_team looking reading studying under_investigation",
    "receive": "receiv* got get_your your_message reached arrived_with_us has_landed landed_with logg* log register*"
    " record* recorded noted note noting filed file_opened opened acknowledg* taken_note taken_on_board on_board"
    " hear_you heard seen saw read_your duly came_through has_come_in in_our_inbox in_our_queue safely copy_that"
    " taken_down on_file in_our_system added_to",
    "contact": "contact* call calls calling called ring rings ringing rung phone phoning phoned write writes writing"
    " written wrote email* e-mail* mail mailing reply replies replying replied respond* answer* get_back gets_back"
    " getting_back come_back comes_back coming_back update updates updating let_you_know lets_you_know inform*"
    " in_touch drop_you text texts texting messag* dm confirm confirms confirming hear_from hear_back be_with_you"
    " report_back revert reverts speak talk tell notify notified ping get_hold reach_out reaching_out reach chat"
    " keep_you_posted keep_you_informed keep_you_updated touch_base follow_up_with hear",
    "pass": "pass passes passed passing forward* transferr* transfer escalat* hand hands handed handing route* rout*"
    " redirect* reassign* assign* refer refers referred referring move_you moved_you moving_you move_this moved_this"
    " put_you_through putting_you_through put_through connect connecting connected hand_over handed_over raised_with"
    " raised_it bring_in brought_in direct_you directing sits_with lies_with with_our over_to now_with loop*"
    " looped_in take_over taken_over takes_over taking_over takes_it_from_here take_it_from_here kicked_up bumped"
    " sent_over cc'd copied_in copying belongs_to pertains responsible_for owner own owns in_the_hands switch"
    " switching swapping_you best_placed dealt_with_by handled_by deals_with look_after looks_after introduce"
    " introducing",
    "find": "found find_out found_out finds locate* located trac* traced turned_out turns_out discover* identif*"
    " pinpoint* establish* caused causes cause causing due_to because_of root resulted spotted tracked_down stemmed"
    " came_down_to showed shows revealed confirmed_that learned learnt it_was_us came_to_light misread misrouted"
    " mislaid mix-up mixed_up failed failing fault error glitch tripped went_wrong slipped_through overlooked"
    " human_error double-booked overbooked miscoded mistyped wrongly incorrectly by_mistake",
    "happen": "arrived arrives arriving landed left departed delayed cancelled canceled closed reopened resolved"
    " solved back_up up_and_running completed complete done finished cleared gone went out_for_delivery on_its_way"
    " on_the_way en_route in_transit signed_for released approved rejected declined accepted corrected amended"
    " changed switched_on switched_off reset went_through credited refunded shipped dispatched delivered picked_up"
    " repaired replaced restored reversed removed deleted blocked unblocked unlocked activated reactivated issued"
    " posted processed reconnected been_fixed been_sent is_back are_back stopped started began broke burst collapsed"
    " scheduled rescheduled grounded diverted held stuck in_stock back_in_stock sold_out booked retrieved recovered"
    " transferred recalled withdrawn discontinued now_live went_live rolled_out patched lifted settled paid_out"
    " came_in turned_up updated adjusted dropped sacked suspended",
    "do_ask": "send share provide confirm tell attach upload give dm forward reply try let fill complete submit"
    " supply specify state quote mention describe check take sign scan verify indicate furnish advise email message"
    " text show point drop pop bring include enclose list answer clarify explain remind note_down look read_out",
    "howto": "go click press tap select open hold unplug plug log sign_in download install restart turn swipe type"
    " enter switch scroll print return drop_off follow use visit tick untick choose clear insert remove slide pull"
    " push twist charge keep wash rinse dry connect pair set update reinstall refresh wait dial hang bring leave"
    " descale rotate screw lift place put pour fold unfold head fetch apply ask show reset delete uncheck scan book"
    " add bookmark",
    "offer": "offer* offered suggest* propos* like_to happy_to glad_to pleased_to prepared_to willing_to gesture"
    " goodwill would_you_like would_you_prefer would_you_rather how_about what_about can_offer could_offer"
    " put_it_right make_it_right make_it_up make_amends make_up on_us on_the_house free_of_charge at_no_cost"
    " no_charge our_treat at_our_expense at_our_cost foot_the_bill pick_up_the_bill bear_the_cost meet_the_cost"
    " cover_the_cost entitled_to_choose in_full say_the_word just_say your_call up_to_you your_choice either_way"
    " whichever complimentary as_an_apology by_way_of_apology compensation for_your_trouble for_the_trouble"
    " to_say_sorry as_a_thank works_for_you suits_you suit_you if_you_like if_you'd_like if_you_prefer if_you_wish"
    " for_free without_charge",
    "choose": "choose pick prefer* rather either option options whichever decide choice instead alternatively",
    "ask_verb": "need needs require* want wants would_need kindly please could_you can_you would_you will_you"
    " may_i_have may_we_have might_i_ask can_i_have could_we_have can_we_get can_i_get mind do_you_have have_you"
    " did_you are_you do_you is_it was_it which what when where who how_many how_much how_long missing still_need"
    " without_it to_proceed to_go_on before_we_can so_that_we_can so_we_can help_us we_lack we_are_missing",
    "letknow": "let_us_know let_me_know do_not_hesitate don't_hesitate feel_free any_questions anything_else"
    " happy_to_help reach_out_to_us shout give_us_a_shout at_your_disposal",
    "rate": "rate rating ratings survey* feedback review* stars star score scale opinion questionnaire recommend"
    " recommended how_did_we how_did_i how_was how_were how_satisfied satisfied satisfaction experience tell_us_how"
    " minute minutes thumbs poll nps out_of_10 out_of_five out_of_ten quick_question 0_to_10 1_to_5 testimonial"
    " trustworthy leave_us how_likely likely smiley click_a_face one_to_five out_of_5 tell_us_what_you_think helpful",
    "refuse": "unable cannot can't couldn't won't decline* refus* not_possible impossible not_able isn't_possible"
    " not_eligible ineligible not_covered no_longer_possible won't_be_able reject* uphold stand_by stands final"
    " not_entitled non-refundable nonrefundable excluded no_refund nothing_we_can outside out_of_scope",
    "know": "means mean works work_like normal usual* always never standard depends because since as why reason"
    " which_is_why that's_why in_that_case applies apply appli* counts count covers cover covered includes include"
    " included allowed permitted eligible entitled valid possible require required needed necessary compatible"
    " available suitable contains contain costs cost lasts expires expire takes runs ends starts begins opens closes"
    " refers belongs fits",
    "decide": "decid* decision conclu* agreed agree approv* upheld uphold determin* ruled accept* partly outcome"
    " verdict",
    "check_plan": "will_check will_see will_find see_what see_whether see_if find_out_whether try_to try_and",
    "work": "works working worked worky functioning functions starts connects switches turns_on behaves runs",
    "take": "take takes took taken need_not",
    # What a customer does.
    "promised": "promised told said assured guaranteed swore claimed advised quoted supposed meant_to was_to were_to"
    " should_have was_due were_due according_to agreed",
    "waited": "wait waited waiting waits queued on_hold chasing chased chase sat ringing no_reply no_answer"
    " no_response unanswered ignored heard_nothing haven't_heard not_heard never_heard silence nobody no_one no-one"
    " hung_up cut_off hang_up bounced passed_around round_in_circles pillar_to_post fobbed robot bot",
    "withdraw": "ignore disregard never_mind nevermind nvm forget_it forget_about forget drop_it no_longer_need"
    " no_longer_needed not_needed no_need withdraw* retract* scrap scratch_that false_alarm my_mistake"
    " my_own_mistake my_fault my_bad my_error my_own_fault i_misread i_was_wrong i_was_looking close_it close_this"
    " close_the_case close_my close_the_ticket you_can_close can_be_closed case_closed consider_it_closed turned_up"
    " found_it has_arrived_after_all after_all sorted_itself resolved_itself fixed_itself solved_itself all_sorted"
    " sorted_now all_good_now sorted_it fixed_it_myself cancel_my_complaint drop_the drop_my give_up giving_up"
    " i_give_up not_worth don't_bother no_longer_necessary stand_down call_it_off no_action panic_over"
    " please_disregard matter_is_closed don't_want_to_pursue not_pursue let_it_go leave_it wrong_company"
    " wrong_address wrong_number sent_in_error by_mistake as_you_were no_further_action pay_no_attention overlook"
    " turns_out_i user_error was_mine it_was_me silly_me crossed_wires got_it_going mystery_solved take_it_back"
    " behind_the pocket drawer",
    "escalate": "manager managers supervisor* boss director* ceo head chief president owner superior* management"
    " someone_senior somebody_senior more_senior higher_up higher-up in_charge in_authority senior chairman"
    " chairwoman executive team_leader team_lead duty_manager general_manager headmaster principal partner_in_charge"
    " responsible_person escalate escalated escalation independent adjudicat* arbitrat* mediat* complaints_procedure"
    " formal_complaint final_response deadlock vice_president chair board somebody_who_can someone_who_can"
    " anyone_with proper_human decision_maker proprietor landlord's_boss trustees governors second_line your_boss"
    " headquarters head_office",
    "threat": "ombudsman* regulator* lawyer* solicitor* attorney* court* legal sue sued suing tribunal"
    " trading_standards small_claims consumer_affairs consumer_protection consumer_forum consumer_court"
    " citizens_advice watchdog bbb attorney_general police press newspaper* journalist* media twitter facebook"
    " instagram tiktok linkedin trustpilot google_review reviews_site social_media go_public going_public posting"
    " tagging viral tv radio bbc reporter chargeback dispute_the_charge letter_before environmental_health"
    " health_inspector ofcom ofgem faa dot caa acas union mp councillor congressman senator tell_everyone"
    " everyone_knows screenshots_online post_this name_and_shame data_protection ico dispute authorities authority"
    " counsel barrister proceedings fraud_department report_you reporting_you taking_this_further take_this_further"
    " take_it_further taking_it_further take_this_up higher trading public column mp's blog reddit thread followers",
    "pending": "no_word no_news nothing_yet no_update nothing_new nothing_to_report hasn't_come_back"
    " haven't_come_back not_come_back has_yet_to have_yet_to still_with still_at still_on still_waiting"
    " still_pending still_checking outstanding no_reply_from no_answer_from silent_on on_my_desk hasn't_answered"
    " haven't_answered waiting_for waiting_on await awaiting in_turn in_order backlog behind_with snowed_under"
    " swamped",
    "not_ours": "not_ours aren't_ours isn't_ours not_us isn't_us not_our not_my_department not_my_area not_my_field"
    " beyond_my over_my_head out_of_my_hands has_it_now have_it_now wrong_department wrong_team wrong_desk"
    " wrong_place matter_for job_for question_for one_for up_to_the best_to_ask best_person right_person right_place"
    " in_charge_of run_by sold_by goes_to go_to who_will who'll who_shall they_will they'll picks_it_up pick_it_up"
    " picking_it_up takes_it_on carry_on carries_on covering_for their_form their_number their_office on_their_desk"
    " in_their_tray",
    "accept": "what_will_it_be take_your_pick your_pick pick_one choose_one which_one which_would_you which_do_you"
    " what_do_you_say what_say_you just_say say_yes deal sound_good sounds_good sound_fair sound_ok okay_with_you"
    " ok_with_you all_right_with_you fine_with_you fine_by_you suit_you suits_you tell_me_which let_me_know_which"
    " which_suits what_suits what_you_prefer what_you_fancy fancy_that up_for_it shall_we shall_i may_i_offer"
    " can_i_offer would_you_like_us would_you_like_me do_you_want_us want_us_to want_me_to would_it_help"
    " would_that_help",
}
