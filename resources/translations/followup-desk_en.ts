<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ActionBar</name>
    <message numerus="yes">
        <source>%n field(s) changed</source>
        <translation>
            <numerusform>%n field changed</numerusform>
            <numerusform>%n fields changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Bulk</name>
    <message numerus="yes">
        <source>%n followup(s) changed. Ctrl+Z takes it back.</source>
        <translation>
            <numerusform>%n followup changed. Ctrl+Z takes it back.</numerusform>
            <numerusform>%n followups changed. Ctrl+Z takes it back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkDialog</name>
    <message numerus="yes">
        <source>%n followup(s) will be changed.</source>
        <translation>
            <numerusform>%n followup will be changed.</numerusform>
            <numerusform>%n followups will be changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n save(s), which leave by themselves.</source>
        <translation>
            <numerusform>%n save, which leaves by itself.</numerusform>
            <numerusform>%n saves, which leave by themselves.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CallCounts</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n debts have this number</source>
        <translation>
            <numerusform>%n debt has this number</numerusform>
            <numerusform>%n debts have this number</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open followup(s)</source>
        <translation>
            <numerusform>%n open followup</numerusform>
            <numerusform>%n open followups</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message numerus="yes">
        <source>%n followup(s)</source>
        <translation>
            <numerusform>%n followup</numerusform>
            <numerusform>%n followups</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DebtCard</name>
    <message numerus="yes">
        <source>%n reminder(s)</source>
        <translation>
            <numerusform>%n reminder</numerusform>
            <numerusform>%n reminders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>answered %n time(s)</source>
        <translation>
            <numerusform>answered once</numerusform>
            <numerusform>answered %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message numerus="yes">
        <source>E-mail opened %n time(s)</source>
        <translation>
            <numerusform>E-mail opened once</numerusform>
            <numerusform>E-mail opened %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>link clicked %n time(s)</source>
        <translation>
            <numerusform>link clicked once</numerusform>
            <numerusform>link clicked %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListPanel</name>
    <message numerus="yes">
        <source>{words}: %n followup(s). J and K walk through them.</source>
        <translation>
            <numerusform>{words}: %n followup. J and K walk through them.</numerusform>
            <numerusform>{words}: %n followups. J and K walk through them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MyReviewsFeature</name>
    <message numerus="yes">
        <source>%n new review(s) of your calls: Ctrl+Shift+J</source>
        <translation>
            <numerusform>%n new review of your calls: Ctrl+Shift+J</numerusform>
            <numerusform>%n new reviews of your calls: Ctrl+Shift+J</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OpenLine</name>
    <message numerus="yes">
        <source>%n followup(s)</source>
        <translation>
            <numerusform>%n followup</numerusform>
            <numerusform>%n followups</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PersonList</name>
    <message numerus="yes">
        <source>%n other debt(s) of this person</source>
        <translation>
            <numerusform>%n other debt of this person</numerusform>
            <numerusform>%n other debts of this person</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PromiseWords</name>
    <message numerus="yes">
        <source>%n instalment(s)</source>
        <translation>
            <numerusform>%n instalment</numerusform>
            <numerusform>%n instalments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuitQuestion</name>
    <message numerus="yes">
        <source>%n change(s) did not reach the server yet.</source>
        <translation>
            <numerusform>%n change did not reach the server yet.</numerusform>
            <numerusform>%n changes did not reach the server yet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReminderNotices</name>
    <message numerus="yes">
        <source>%n call(s) due.</source>
        <translation>
            <numerusform>%n call due.</numerusform>
            <numerusform>%n calls due.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) due (first: {time}, {debtor}).</source>
        <translation>
            <numerusform>%n call due (first: {time}, {debtor}).</numerusform>
            <numerusform>%n calls due (first: {time}, {debtor}).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SelectionLine</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignIns</name>
    <message numerus="yes">
        <source>%n change(s) of {name} wait on this computer, to be sent when they sign in here.</source>
        <translation>
            <numerusform>%n change of {name} waits on this computer, to be sent when they sign in here.</numerusform>
            <numerusform>%n changes of {name} wait on this computer, to be sent when they sign in here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Snippets</name>
    <message numerus="yes">
        <source>%n template(s): arrow keys and Return</source>
        <translation>
            <numerusform>%n template: arrow keys and Return</numerusform>
            <numerusform>%n templates: arrow keys and Return</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%n new review(s)</source>
        <translation>
            <numerusform>%n new review</numerusform>
            <numerusform>%n new reviews</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SupervisorReport</name>
    <message numerus="yes">
        <source>%n review(s) imported.</source>
        <translation>
            <numerusform>%n review imported.</numerusform>
            <numerusform>%n reviews imported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncStatus</name>
    <message numerus="yes">
        <source>%n row(s) could not be read</source>
        <translation>
            <numerusform>%n row could not be read</numerusform>
            <numerusform>%n rows could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n older followup(s) are not on this computer yet</source>
        <translation>
            <numerusform>%n older followup is not on this computer yet</numerusform>
            <numerusform>%n older followups are not on this computer yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You are signed out. %n change(s) that the server does not have yet: kept for this account, encrypted, to leave when you sign in again.</source>
        <translation>
            <numerusform>You are signed out. %n change that the server does not have yet: kept for this account, encrypted, to leave when you sign in again.</numerusform>
            <numerusform>You are signed out. %n changes that the server does not have yet: kept for this account, encrypted, to leave when you sign in again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) to send</source>
        <translation>
            <numerusform>%n change to send</numerusform>
            <numerusform>%n changes to send</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) attention</source>
        <translation>
            <numerusform>%n needs attention</numerusform>
            <numerusform>%n need attention</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TeamCard</name>
    <message numerus="yes">
        <source>%n call(s) due within the hour</source>
        <translation>
            <numerusform>%n call due within the hour</numerusform>
            <numerusform>%n calls due within the hour</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n save(s) not sent</source>
        <translation>
            <numerusform>%n save not sent</numerusform>
            <numerusform>%n saves not sent</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TeamStatus</name>
    <message numerus="yes">
        <source>Team: %n colleague(s) here</source>
        <translation>
            <numerusform>Team: %n colleague here</numerusform>
            <numerusform>Team: %n colleagues here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TemplatesPage</name>
    <message numerus="yes">
        <source>%n template(s) imported.</source>
        <translation>
            <numerusform>%n template imported.</numerusform>
            <numerusform>%n templates imported.</numerusform>
        </translation>
    </message>
</context>
</TS>
