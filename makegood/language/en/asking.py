"""English verbs a house can be asked with, and what sounds like a request to act and is one for words."""

#: What a house can be asked to do. Base forms, as they stand in an imperative.
ACT = (
    r"(?:refund|reimburse|repay|pay|send|resend|re-?send|re-?ship|ship|re-?deliver|deliver|dispatch|despatch|post|mail"
    r"|e-?mail|forward|replace|exchange|swap|change|cancel|void|reverse|credit|recredit|return|give|get|fix|repair|mend"
    r"|correct|amend|update|remove|delete|take|stop|quit|cease|call|ring|phone|contact|put|pass|transfer|connect"
    r"|escalate|hand|bring|book|rebook|re-?book|move|reschedule|upgrade|downgrade|collect|pick|fetch|come|arrange"
    r"|organi[sz]e|issue|reissue|re-?issue|waive|apply|honou?r|match|extend|renew|unlock|unblock|unfreeze|block|freeze"
    r"|reactivate|activate|deactivate|reinstate|restore|reset|reconnect|disconnect|switch|turn|allow|let|compensate"
    r"|sort|resolve|settle|make|add|adjust|recalculate|re-?do|redo|bill|charge|close|release|expedite|rush|find|provide"
    r"|supply|write|drop|cover|keep|hold|withdraw|offer|deduct|discount|knock|bump|assign|install|clean|empty|clear|cut"
    r"|top|process|approve|accept|register|enrol|sign|unsubscribe|print|reprint|re-?print|seat|reseat|leave|deal|handle"
    r"|finish|complete|go ahead|proceed|do|have|set|open|lift|split|merge|rectify|remedy|reroute|redirect|re-?open|"
    r"spare|start|treat)"
)
#: Ways of caring without doing one thing: asked for only where nothing plainer is.
HANDLE = r"(?:look|check|investigate|help|assist|see|review|consider|ensure|make sure|speak|talk|look into|act|respect)"
OBJECT = (
    r"(?=\s+(?:me|us|it|his|her|their|its|whoever|this|that|these|those|the|my|our|a|an|another|one|someone"
    r"|somebody|him|her|them|all|both|each"
    r"|every\w*|whatever|what|at least|just|back|up|out|off|over|through|away|your|some|any\w*|half|two|three|\d+"
    r"|\$|£|€"
    r"|please|pls|by|to|in|down|round|around|no|another|things?)\b|\s+[$£€\d#])"
)
ADVERBS = r"(?:(?:really|very much|just|only|simply|therefore|still|also|now|kindly|much|please|rather|honestly|be) )*"
PLEASE = r"\b(?:please|pls|plz|plse|pleease|kindly)"
TO_DO = (
    r"to (?:speak|talk|cancel|return|send|exchange|swap|get|have|be (?:\w+ ){0,2}(?:\w+ed|put|paid|sent|given"
    r"|reimbursed"
    r"|able to (?:use|get|log|return|cancel))|change|receive|keep|rebook|move|reschedule|collect|pick|claim|upgrade"
    r"|downgrade|end|terminate|stop|switch|bring|replace|add|remove|transfer|unsubscribe|opt|delete|request"
    r"|see (?:my money|a"
    r" (?:refund|manager))|close my account|order|apply|update|correct|extend|postpone|withdraw my|drop out|leave"
    r"|arrange|book|pay (?:in|less|only)|use|go back)\b"
)
THING = (
    r"(?!to\b|you (?:guys )?to (?:know|tell|explain|understand|hear|realise)|that\b(?! (?:you|the|my|this|someone|it)))"
)
REMEDY = (
    r"(?:refund|replacement|money|payment|compensation|credit|exchange|voucher|reimbursement|repair|call ?-?back|label"
    r"|upgrade|discount|cancellation|engineer|technician|invoice|receipt|copy|new one|new \w+|another|one back|deposit"
    r"|manager|supervisor|code|apology|delivery|redelivery|collection|correction|statement|certificate|tracking|seat"
    r"|room|solution|chargeback|rebooking|swap|back)"
)
#: He wants to be told something, or says something else with the same words.
TELLING = (
    r"(?:know(?:ing)?|understand(?:ing)?|hear(?:ing)?|ask(?! (?:him|her|them|the|your) )|find out|be told|learn|"
    r"see why|see how|see what|thank"
    r"|say|tell"
    r"|express|compliment|commend|congratulate|praise|complain|report (?!.{0,30}to my)|raise|file|lodge|register a"
    r"|reset (?:it|this|that|them|everything)\b|leave (?:it|that|this)\b|close (?:it|\W?[a-z]{0,3}-?\d+)|make (?:a"
    r"|an official|a formal) complaint|point out|mention|let (?:you|me know|us know)|let \w+ know|inform|advise"
    r"|share (?:my|some|the)|note|highlight|bring to your|apologi[sz]e|believe|think|explain|clarify|confirm|answer"
    r"|reply|respond|write back|get back to|come back to|give (?:me|us) (?:an? )?(?:\w+ )?(?:answer|explanation"
    r"|reason|update"
    r"|idea|reply|response|feedback|clarification|estimate)|provide (?:me |us )?(?:with )?(?:an? "
    r"|some )?(?:\w+ )?(?:answer"
    r"|explanation|reason|update|clarification|feedback|response)|remind|describe|show (?:me )?where|indicate|specify"
    r"|take (?:a |my |some )?(?:moment|note|care|time|back)|find (?:\w+ ){0,4}?(?:attached|enclosed|below)|see (?:the "
    r"|my )?(?:attached"
    r"|attachment|below|photo|picture|above|enclosed)|ignore|disregard|forget|delete my (?:previous|last|earlier"
    r"|message)"
    r"|read|bear|be (?:advised|aware|assured|informed|honest|told|clear|fair)|accept (?:my|our) (?:apolog|sincere"
    r"|thanks)"
    r"|excuse|forgive|pardon|do not reply|don't reply|do not worry|don't worry|understand|remember|refer to|feel free"
    r"|pass (?:on|along) (?:my|our|to|the|this (?:to|on))|pass (?:my|our) (?:thanks|regards|compliments|gratitude)"
    r"|pass it on|keep (?:up|me (?:posted|updated|informed)"
    r"|us (?:posted|updated|informed))|keep in mind|"
    r"(?:close|cancel|drop|withdraw|delete|ignore|disregard|stop|consider|mark|scrap|forget|take|leave|archive|bin"
    r"|shut|remove) (?:\w+ ){0,4}(?:complaint"
    r"|case|ticket|request|query|enquiry|matter|claim|file|investigation|mail|email|e-mail|message)(?! to)\b"
    r"|(?:you )?to (?:know|tell|explain|understand|hear|realise)|nothing|no more\b|none of|out of this|"
    r"tell(?! (?:him|her|them|the|your))|"
    r"an? (?:\w+ )?(?:answer|explanation|reply|response"
    r"|reason|update|clarification|word)\b|answers|some (?:answers|clarity|clarification|information|info)|information"
    r"|clarification|clarity|details of|the (?:reason|answer|status)|another survey|call the (?:police|press|cops)"
    r"|call (?:this|that|it) |imagine|guess|picture|note that|check (?:my|the|your) (?:attach|photo|previous|spam"
    r"|inbox)"
    r"|contact (?:me|us) (?:if|should|for)|call (?:me )?(?:if|should)|let(?:'s| us) (?:be|not|see)|make no|hear back"
    r"|get (?:real|this straight|a grip|well|over)|mind|stay|do better|look (?:at (?:the|my|your)|here|forward)"
    r"|(?:do|does|did|is|are|was|were) (?:i|we|you|they)\b|have (?:a (?:nice|good|great|lovely)|fun)"
    r"|(?:send|give) (?:\w+ )?(?:my|our) (?:thanks|regards|love|best|compliments))"
)
