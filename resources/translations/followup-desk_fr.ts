<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>About</name>
    <message>
        <source>About Followup Desk</source>
        <translation>À propos de Followup Desk</translation>
    </message>
    <message>
        <source>Collections desk for calls and follow-ups.</source>
        <translation>Poste de recouvrement pour appels et relances.</translation>
    </message>
</context>
<context>
    <name>ActionBar</name>
    <message>
        <source>&amp;Discard</source>
        <translation>Abandonn&amp;er</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>Enregi&amp;strer</translation>
    </message>
    <message>
        <source>Save (Ctrl+Return)</source>
        <translation>Enregistrer (Ctrl+Entrée)</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Enregistrement…</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Enregistré</translation>
    </message>
    <message>
        <source>Edit again</source>
        <translation>Modifier à nouveau</translation>
    </message>
    <message>
        <source>Save &amp;&amp; next</source>
        <translation>Enregistrer &amp;&amp; suivante</translation>
    </message>
    <message>
        <source>Save and go to the next (Ctrl+Shift+Return)</source>
        <translation>Enregistrer et passer à la suivante (Ctrl+Maj+Entrée)</translation>
    </message>
    <message>
        <source>Do not send this: it can be changed, copied or discarded</source>
        <translation>Ne pas envoyer : vous pouvez modifier, copier ou abandonner</translation>
    </message>
    <message>
        <source>Needs your decision: {fields}</source>
        <translation>À vous de choisir : {fields}</translation>
    </message>
    <message>
        <source>Save undone. The new call cannot be deleted: it is cancelled.</source>
        <translation>Sauvegarde annulée. Le nouvel appel ne peut pas être supprimé : il est marqué annulé.</translation>
    </message>
    <message>
        <source>Save undone</source>
        <translation>Sauvegarde annulée</translation>
    </message>
    <message>
        <source>Saved. Also updated by a colleague: {fields}</source>
        <translation>Enregistré. Un collègue a aussi modifié : {fields}</translation>
    </message>
    <message>
        <source>Undoing…</source>
        <translation>Annulation…</translation>
    </message>
    <message>
        <source>Not accepted</source>
        <translation>Refusé</translation>
    </message>
    <message>
        <source>New, not saved yet</source>
        <translation>Nouveau, pas encore enregistré</translation>
    </message>
    <message numerus="yes">
        <source>%n field(s) changed</source>
        <translation>
            <numerusform>%n champ modifié</numerusform>
            <numerusform>%n champs modifiés</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved on this computer – the server has not taken it yet</source>
        <translation>Enregistré sur ce poste, pas encore accepté par le serveur</translation>
    </message>
    <message>
        <source>Saved on this computer – will be sent when back online</source>
        <translation>Enregistré sur ce poste, envoi dès le retour du réseau</translation>
    </message>
</context>
<context>
    <name>AtWork</name>
    <message>
        <source>{who}, and may be speaking with them. Call again to call all the same.</source>
        <translation>{who}, et parle peut-être avec le débiteur. Appelez encore une fois pour appeler quand même.</translation>
    </message>
    <message>
        <source>{name} has taken this debt over. What you typed is kept.</source>
        <translation>{name} a repris cette dette. Ce que vous avez saisi est conservé.</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Reprendre</translation>
    </message>
    <message>
        <source>No colleague has this debt.</source>
        <translation>Aucun collègue n’a cette dette.</translation>
    </message>
</context>
<context>
    <name>BirthCheck</name>
    <message>
        <source>Born {day} · Hide</source>
        <translation>Né(e) le {day} · Masquer</translation>
    </message>
    <message>
        <source>Check: born {hidden} · Show</source>
        <translation>Vérifier : né(e) le {hidden} · Afficher</translation>
    </message>
    <message>
        <source>Check who is speaking: show the day of birth</source>
        <translation>Vérifier qui parle : afficher la date de naissance</translation>
    </message>
</context>
<context>
    <name>Bulk</name>
    <message>
        <source>Reschedule</source>
        <translation>Reporter</translation>
    </message>
    <message>
        <source>Cancel the followups</source>
        <translation>Annuler les relances</translation>
    </message>
    <message>
        <source>Set type: {type}</source>
        <translation>Changer le type&#xa0;: {type}</translation>
    </message>
    <message numerus="yes">
        <source>%n followup(s) changed. Ctrl+Z takes it back.</source>
        <translation>
            <numerusform>%n relance modifiée. Ctrl+Z pour revenir en arrière.</numerusform>
            <numerusform>%n relances modifiées. Ctrl+Z pour revenir en arrière.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkDialog</name>
    <message>
        <source>New &amp;time, for example tomorrow 9</source>
        <translation>Nouvelle &amp;date, par exemple demain 9h</translation>
    </message>
    <message numerus="yes">
        <source>%n followup(s) will be changed.</source>
        <translation>
            <numerusform>%n relance sera modifiée.</numerusform>
            <numerusform>%n relances seront modifiées.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n save(s), which leave by themselves.</source>
        <translation>
            <numerusform>%n enregistrement, envoyé automatiquement.</numerusform>
            <numerusform>%n enregistrements, envoyés automatiquement.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your company has {n} left this hour.</source>
        <translation>Il en reste {n} à votre société pour cette heure.</translation>
    </message>
    <message>
        <source>The others wait for the next.</source>
        <translation>Les autres attendent l’heure suivante.</translation>
    </message>
    <message>
        <source>done already, or somebody works on it ({n})</source>
        <translation>déjà traitée, ou un collègue s’en occupe ({n})</translation>
    </message>
    <message>
        <source>needs your attention first ({n})</source>
        <translation>demande d’abord votre attention ({n})</translation>
    </message>
    <message>
        <source>not saved yet ({n})</source>
        <translation>pas encore enregistrée ({n})</translation>
    </message>
    <message>
        <source>against the calling rules, or the debt&apos;s status ({n})</source>
        <translation>contraire aux règles d’appel ou au statut de la dette ({n})</translation>
    </message>
    <message>
        <source>is so already ({n})</source>
        <translation>l’est déjà ({n})</translation>
    </message>
</context>
<context>
    <name>CalendarPopup</name>
    <message>
        <source>Calendar</source>
        <translation>Calendrier</translation>
    </message>
    <message>
        <source>On that day at {time}</source>
        <translation>Ce jour-là à {time}</translation>
    </message>
</context>
<context>
    <name>CallCard</name>
    <message>
        <source>A call</source>
        <translation>Un appel</translation>
    </message>
    <message>
        <source>A call at {time}</source>
        <translation>Un appel à {time}</translation>
    </message>
    <message>
        <source>Call to {number} at {time}</source>
        <translation>Appel vers {number} à {time}</translation>
    </message>
    <message>
        <source>Call to {number}</source>
        <translation>Appel vers {number}</translation>
    </message>
    <message>
        <source>{number} called at {time}</source>
        <translation>{number} a appelé à {time}</translation>
    </message>
    <message>
        <source>{number} is calling</source>
        <translation>{number} appelle</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ignorer</translation>
    </message>
    <message>
        <source>Choose (F4)</source>
        <translation>Choisir (F4)</translation>
    </message>
    <message>
        <source>Open (F4)</source>
        <translation>Ouvrir (F4)</translation>
    </message>
    <message>
        <source>New call (F4)</source>
        <translation>Nouvel appel (F4)</translation>
    </message>
    <message>
        <source>its followup was not found</source>
        <translation>sa relance est introuvable</translation>
    </message>
    <message>
        <source>no debtor so far, the list is still being loaded</source>
        <translation>aucun débiteur pour l’instant, la liste se charge encore</translation>
    </message>
    <message>
        <source>no debtor has this number</source>
        <translation>numéro inconnu</translation>
    </message>
    <message>
        <source>Search (F4)</source>
        <translation>Chercher (F4)</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>looking it up…</source>
        <translation>recherche en cours…</translation>
    </message>
    <message>
        <source>its followup cannot be looked up now</source>
        <translation>sa relance ne peut pas être cherchée maintenant</translation>
    </message>
    <message>
        <source>Try again (F4)</source>
        <translation>Réessayer (F4)</translation>
    </message>
    <message>
        <source>your followups are being opened</source>
        <translation>vos relances sont en cours d’ouverture</translation>
    </message>
    <message>
        <source>sign in to see whose call it is</source>
        <translation>connectez-vous pour voir qui appelle</translation>
    </message>
    <message>
        <source>A call is waiting.</source>
        <translation>Un appel est en attente.</translation>
    </message>
    <message>
        <source>Opened, as nothing was being typed</source>
        <translation>Ouvert, car rien n’était en cours de saisie</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Ouvert</translation>
    </message>
    <message>
        <source>Filled in: {fields}.</source>
        <translation>Rempli : {fields}.</translation>
    </message>
    <message>
        <source>A message takes no details of a call.</source>
        <translation>Un message ne reçoit pas les détails d’un appel.</translation>
    </message>
    <message>
        <source>Left out, as it made no sense: {names}.</source>
        <translation>Laissé de côté, car incompréhensible : {names}.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Revenir</translation>
    </message>
    <message>
        <source>ID {id}</source>
        <translation>ID {id}</translation>
    </message>
    <message>
        <source>no open followup</source>
        <translation>aucune relance en cours</translation>
    </message>
    <message>
        <source>Debtors with this number</source>
        <translation>Débiteurs ayant ce numéro</translation>
    </message>
</context>
<context>
    <name>CallCounts</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n autre</numerusform>
            <numerusform>%n autres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n debts have this number</source>
        <translation>
            <numerusform>%n dette a ce numéro</numerusform>
            <numerusform>%n dettes ont ce numéro</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open followup(s)</source>
        <translation>
            <numerusform>%n relance en cours</numerusform>
            <numerusform>%n relances en cours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CallLine</name>
    <message>
        <source>{number} was dialled a moment ago.</source>
        <translation>Le {number} vient d&apos;être composé.</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Ne pas rappeler</translation>
    </message>
    <message>
        <source>Dial a&amp;gain</source>
        <translation>Compos&amp;er à nouveau</translation>
    </message>
    <message>
        <source>No program on this computer takes telephone numbers. Dial {number} by hand, or ask your administrator to set one for tel: links.</source>
        <translation>Aucun programme de cet ordinateur ne prend les numéros de téléphone. Composez le {number} à la main, ou demandez à votre administrateur d&apos;en définir un pour les liens tel:.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Copy the number</source>
        <translation>Copier le numéro</translation>
    </message>
</context>
<context>
    <name>Calling</name>
    <message>
        <source>It is a public holiday there ({holiday}): “{rule}”.</source>
        <translation>C’est un jour férié là-bas ({holiday}) : « {rule} ».</translation>
    </message>
    <message>
        <source>{time} debtor&apos;s local time</source>
        <translation>heure du débiteur&#xa0;: {time}</translation>
    </message>
    <message>
        <source>{time} in {place} is outside permitted calling hours (“{rule}”).</source>
        <translation>{time} ({place})&#xa0;: hors des heures d’appel autorisées («&#xa0;{rule}&#xa0;»).</translation>
    </message>
    <message>
        <source>{count} of {most} calls used in the last {days} days (“{rule}”).</source>
        <translation>{count} appels sur {most} déjà passés en {days} jours («&#xa0;{rule}&#xa0;»).</translation>
    </message>
    <message>
        <source>There was a conversation on {day}: no calls for {days} days (“{rule}”).</source>
        <translation>Conversation le {day}&#xa0;: pas d’appel pendant {days} jours («&#xa0;{rule}&#xa0;»).</translation>
    </message>
    <message>
        <source>The debtor refused on {day}: no calls for {days} days (“{rule}”).</source>
        <translation>Refus du débiteur le {day}&#xa0;: pas d’appel pendant {days} jours («&#xa0;{rule}&#xa0;»).</translation>
    </message>
    <message>
        <source>Calling rule, {field} {moment}</source>
        <translation>Règle d’appel, {field} {moment}</translation>
    </message>
    <message>
        <source>Debt&apos;s status, {field} {moment}</source>
        <translation>État de la dette, {field} {moment}</translation>
    </message>
</context>
<context>
    <name>Cells</name>
    <message>
        <source>Debtor</source>
        <translation>Débiteur</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Montant</translation>
    </message>
    <message>
        <source>Why now</source>
        <translation>Pourquoi maintenant</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>Prévu</translation>
    </message>
    <message>
        <source>Called</source>
        <translation>Appelé</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>Tentatives</translation>
    </message>
    <message>
        <source>Last outcome</source>
        <translation>Dernier résultat</translation>
    </message>
    <message>
        <source>Local time</source>
        <translation>Heure locale</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Statut</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Téléphone</translation>
    </message>
    <message>
        <source>Creditor</source>
        <translation>Créancier</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Résumé</translation>
    </message>
    <message>
        <source>{debtor}, debt: {status}</source>
        <translation>{debtor}, dette : {status}</translation>
    </message>
    <message>
        <source>{time} there</source>
        <translation>{time} sur place</translation>
    </message>
    <message>
        <source>tries: {n}</source>
        <translation>essais : {n}</translation>
    </message>
</context>
<context>
    <name>ColleagueMark</name>
    <message>
        <source>Keep mine</source>
        <translation>Garder ma saisie</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Prendre l&apos;autre</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>Garder les deux</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Comparer</translation>
    </message>
</context>
<context>
    <name>Columns</name>
    <message>
        <source>Reset this view&apos;s columns</source>
        <translation>Rétablir les colonnes de cette vue</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Search commands and debtors</source>
        <translation>Rechercher une commande ou un débiteur</translation>
    </message>
    <message>
        <source>An action, a view, a debtor, a phone number, an ID, a debt</source>
        <translation>Une action, une vue, un débiteur, un téléphone, un identifiant, une dette</translation>
    </message>
    <message>
        <source>Theme: {name}</source>
        <translation>Thème&#xa0;: {name}</translation>
    </message>
    <message>
        <source>language, theme, templates, calling hours, reminders, your name</source>
        <translation>langue, thème, modèles, heures d’appel, rappels, votre nom</translation>
    </message>
    <message>
        <source>font</source>
        <translation>police, taille du texte</translation>
    </message>
    <message>
        <source>Outcomes</source>
        <translation>Résultats</translation>
    </message>
    <message>
        <source>The same from a text</source>
        <translation>La même chose depuis un texte</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>The debtor</source>
        <translation>Le débiteur</translation>
    </message>
    <message>
        <source>List and search</source>
        <translation>Liste et recherche</translation>
    </message>
    <message>
        <source>Edit the followup</source>
        <translation>Modifier la relance</translation>
    </message>
    <message>
        <source>Select several; Ctrl+A all</source>
        <translation>En sélectionner plusieurs ; Ctrl+A toutes</translation>
    </message>
    <message>
        <source>In the list: search for a number</source>
        <translation>Dans la liste&#xa0;: rechercher un numéro</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>End the search</source>
        <translation>Terminer la recherche</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Vues</translation>
    </message>
    <message>
        <source>In a field</source>
        <translation>Dans un champ</translation>
    </message>
    <message>
        <source>Next field; from Notes to Next call and Save</source>
        <translation>Champ suivant&#xa0;; des notes au prochain appel, puis à l’enregistrement</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Calendrier</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Maintenant</translation>
    </message>
    <message>
        <source>A template of the team</source>
        <translation>Un modèle de l’équipe</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenêtre</translation>
    </message>
    <message>
        <source>Supervisors</source>
        <translation>Superviseurs</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Autres</translation>
    </message>
    <message numerus="yes">
        <source>%n followup(s)</source>
        <translation>
            <numerusform>%n relance</numerusform>
            <numerusform>%n relances</numerusform>
        </translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Modèle</translation>
    </message>
</context>
<context>
    <name>ConflictCard</name>
    <message>
        <source>Yours</source>
        <translation>Votre version</translation>
    </message>
    <message>
        <source>Your colleague&apos;s</source>
        <translation>Celle du collègue</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>Keep mine (M)</source>
        <translation>Garder ma version (M)</translation>
    </message>
    <message>
        <source>Take theirs (T)</source>
        <translation>Prendre celle du collègue (T)</translation>
    </message>
    <message>
        <source>Keep both (B)</source>
        <translation>Les deux (B)</translation>
    </message>
    <message>
        <source>Original (W)</source>
        <translation>L&apos;original (W)</translation>
    </message>
    <message>
        <source>{field}: yours is {mine}; your colleague&apos;s is {theirs}</source>
        <translation>{field} : votre version, {mine} ; celle du collègue, {theirs}</translation>
    </message>
    <message>
        <source>M keeps yours, T takes your colleague&apos;s, B keeps both, W what it was</source>
        <translation>M garde votre version, T prend celle du collègue, B garde les deux, W remet l&apos;original</translation>
    </message>
    <message>
        <source>M keeps yours, T takes your colleague&apos;s, W what it was</source>
        <translation>M garde votre version, T prend celle du collègue, W remet l&apos;original</translation>
    </message>
    <message>
        <source>Hide what it was (O)</source>
        <translation>Masquer l&apos;original (O)</translation>
    </message>
    <message>
        <source>Show what it was (O)</source>
        <translation>Voir l&apos;original (O)</translation>
    </message>
</context>
<context>
    <name>ConflictPanel</name>
    <message>
        <source>A colleague changed this followup while you were editing. Choose for each field.</source>
        <translation>Un collègue a modifié cette relance pendant votre saisie. Choisissez pour chaque champ.</translation>
    </message>
    <message>
        <source>{done} of {all} decided</source>
        <translation>{done} sur {all} choisis</translation>
    </message>
</context>
<context>
    <name>DayField</name>
    <message>
        <source>Calendar</source>
        <translation>Calendrier</translation>
    </message>
</context>
<context>
    <name>DebtAct</name>
    <message>
        <source>Promise to pay</source>
        <translation>Promesse de paiement</translation>
    </message>
    <message>
        <source>New number</source>
        <translation>Nouveau numéro</translation>
    </message>
    <message>
        <source>Wrong number</source>
        <translation>Mauvais numéro</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>A déménagé</translation>
    </message>
    <message>
        <source>Disputes it</source>
        <translation>Conteste</translation>
    </message>
    <message>
        <source>Has paid</source>
        <translation>A payé</translation>
    </message>
    <message>
        <source>Other debts</source>
        <translation>Autres dettes</translation>
    </message>
    <message>
        <source>New address</source>
        <translation>Nouvelle adresse</translation>
    </message>
    <message>
        <source>Disputes the debt</source>
        <translation>Conteste la dette</translation>
    </message>
    <message>
        <source>Says that it is paid</source>
        <translation>Dit avoir payé</translation>
    </message>
    <message>
        <source>{what}: {value}</source>
        <translation>{what}&#xa0;: {value}</translation>
    </message>
</context>
<context>
    <name>DebtCard</name>
    <message>
        <source>Your account may not see debtors (debts:read), so this is the debt&apos;s ID.</source>
        <translation>Votre compte n’a pas accès aux débiteurs (debts:read) : voici l’identifiant de la dette.</translation>
    </message>
    <message>
        <source>The debtor is not known yet.</source>
        <translation>Le débiteur n’est pas encore connu.</translation>
    </message>
    <message>
        <source>Reference {reference}</source>
        <translation>Référence {reference}</translation>
    </message>
    <message>
        <source>due {day}</source>
        <translation>échéance {day}</translation>
    </message>
    <message numerus="yes">
        <source>%n reminder(s)</source>
        <translation>
            <numerusform>%n rappel</numerusform>
            <numerusform>%n rappels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>answered %n time(s)</source>
        <translation>
            <numerusform>%n réponse</numerusform>
            <numerusform>%n réponses</numerusform>
        </translation>
    </message>
    <message>
        <source>never answered</source>
        <translation>aucune réponse</translation>
    </message>
    <message>
        <source>Called {when} on another debt: {outcome}</source>
        <translation>Appelé {when} pour une autre dette&#xa0;: {outcome}</translation>
    </message>
    <message>
        <source>What was done before {day} is not kept on this computer.</source>
        <translation>Ce qui a été fait avant le {day} n’est pas conservé sur cet ordinateur.</translation>
    </message>
    <message>
        <source>The provider&apos;s own calls run on this debt.</source>
        <translation>Le prestataire lance aussi ses propres appels pour cette dette.</translation>
    </message>
    <message>
        <source>The provider&apos;s own calls run on this debt, again since {day}.</source>
        <translation>Le prestataire lance aussi ses propres appels pour cette dette, de nouveau depuis le {day}.</translation>
    </message>
    <message>
        <source>payment plan from {day}</source>
        <translation>plan de paiement à partir du {day}</translation>
    </message>
    <message>
        <source>a payment plan is running</source>
        <translation>un échéancier est en cours</translation>
    </message>
</context>
<context>
    <name>DebtField</name>
    <message>
        <source>Debt&apos;s status</source>
        <translation>Statut de la dette</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Téléphone</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Numéro</translation>
    </message>
    <message>
        <source>Street</source>
        <translation>Rue</translation>
    </message>
    <message>
        <source>Postal code</source>
        <translation>Code postal</translation>
    </message>
    <message>
        <source>City</source>
        <translation>Ville</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Pays</translation>
    </message>
    <message>
        <source>Debt&apos;s summary</source>
        <translation>Résumé de la dette</translation>
    </message>
</context>
<context>
    <name>DebtLayer</name>
    <message>
        <source>About the debt</source>
        <translation>À propos de la dette</translation>
    </message>
    <message>
        <source>What did the call say about the debt?</source>
        <translation>Qu&apos;avez-vous appris sur la dette&#xa0;?</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>What the debtor says</source>
        <translation>Ce que dit le débiteur</translation>
    </message>
    <message>
        <source>What the debtor says (for the notes; may stay empty)</source>
        <translation>Ce que dit le débiteur (pour les notes&#xa0;; facultatif)</translation>
    </message>
    <message>
        <source>Your account may not change debts (debts:write): what you choose is written into the notes.</source>
        <translation>Votre compte ne peut pas modifier les dettes (debts:write)&#xa0;: votre choix est noté dans les notes.</translation>
    </message>
    <message>
        <source>This debt was not read yet: what you choose is written into the notes.</source>
        <translation>Cette dette n&apos;a pas encore été lue&#xa0;: votre choix est noté dans les notes.</translation>
    </message>
    <message>
        <source>The promise is in the form, not saved yet.</source>
        <translation>La promesse est dans la fiche, pas encore enregistrée.</translation>
    </message>
    <message>
        <source>{what}: not saved yet.</source>
        <translation>{what}&#xa0;: pas encore enregistré.</translation>
    </message>
</context>
<context>
    <name>DebtPanel</name>
    <message>
        <source>Copy the number</source>
        <translation>Copier le numéro</translation>
    </message>
    <message>
        <source>Payment page</source>
        <translation>Page de paiement</translation>
    </message>
    <message>
        <source>Letter (PDF)</source>
        <translation>Courrier (PDF)</translation>
    </message>
    <message>
        <source>New call (Ctrl+N)</source>
        <translation>Nouvel appel (Ctrl+N)</translation>
    </message>
    <message>
        <source>Debt… (Ctrl+T)</source>
        <translation>Dette… (Ctrl+T)</translation>
    </message>
    <message>
        <source>How the debt stands</source>
        <translation>Où en est la dette</translation>
    </message>
    <message>
        <source>Debt: {status}</source>
        <translation>Dette : {status}</translation>
    </message>
    <message>
        <source>Call {number}</source>
        <translation>Appeler le {number}</translation>
    </message>
    <message>
        <source>Call (Ctrl+D)</source>
        <translation>Appeler (Ctrl+D)</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Appeler</translation>
    </message>
</context>
<context>
    <name>DebtStatus</name>
    <message>
        <source>Pending</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>Processing</source>
        <translation>En traitement</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>Soldée</translation>
    </message>
    <message>
        <source>Paid</source>
        <translation>Payée</translation>
    </message>
    <message>
        <source>Partly paid</source>
        <translation>Payée en partie</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>En échec</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archivée</translation>
    </message>
    <message>
        <source>Invalid phone</source>
        <translation>Numéro invalide</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>En suspens</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refusée</translation>
    </message>
    <message>
        <source>This debt is paid.</source>
        <translation>Cette dette est payée.</translation>
    </message>
    <message>
        <source>This debt is settled.</source>
        <translation>Cette dette est soldée.</translation>
    </message>
    <message>
        <source>This debt is archived.</source>
        <translation>Cette dette est archivée.</translation>
    </message>
    <message>
        <source>This debt is on hold: it may be in dispute.</source>
        <translation>Cette dette est en suspens : elle est peut-être contestée.</translation>
    </message>
    <message>
        <source>This debt was refused.</source>
        <translation>Cette dette a été refusée.</translation>
    </message>
    <message>
        <source>The debtor&apos;s telephone number is known to be wrong.</source>
        <translation>Le numéro de téléphone du débiteur est signalé comme faux.</translation>
    </message>
</context>
<context>
    <name>DebtStrip</name>
    <message>
        <source>Changes of the debt</source>
        <translation>Modifications de la dette</translation>
    </message>
    <message>
        <source>{field}: {value} – not saved yet</source>
        <translation>{field}&#xa0;: {value} – pas encore enregistré</translation>
    </message>
    <message>
        <source>{field}: {value} – saving…</source>
        <translation>{field}&#xa0;: {value} – enregistrement…</translation>
    </message>
    <message>
        <source>Not sent yet: leaves by itself</source>
        <translation>Pas encore envoyé&#xa0;: part tout seul</translation>
    </message>
    <message>
        <source>Saved: {fields}</source>
        <translation>Enregistré&#xa0;: {fields}</translation>
    </message>
    <message>
        <source>{field}: yours is {mine}, meanwhile it became {theirs}</source>
        <translation>{field}&#xa0;: vous avez mis {mine}, entre-temps c&apos;est devenu {theirs}</translation>
    </message>
    <message>
        <source>Your account may not change debts ({scope}).</source>
        <translation>Votre compte ne peut pas modifier les dettes ({scope}).</translation>
    </message>
    <message>
        <source>The server no longer has this debt.</source>
        <translation>Le serveur n&apos;a plus cette dette.</translation>
    </message>
    <message>
        <source>The server says: {message}</source>
        <translation>Le serveur indique&#xa0;: {message}</translation>
    </message>
    <message>
        <source>Set back</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Garder ma saisie</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Prendre l&apos;autre</translation>
    </message>
    <message>
        <source>Edit again</source>
        <translation>Modifier à nouveau</translation>
    </message>
</context>
<context>
    <name>Desktop</name>
    <message>
        <source>The local data was damaged. It was set aside as {file}; {edits} unsent changes and {drafts} drafts were brought over, the list is read from the server again.</source>
        <translation>Les données locales étaient endommagées. Elles ont été mises de côté sous {file} ; {edits} modifications non envoyées et {drafts} brouillons ont été repris, la liste est relue depuis le serveur.</translation>
    </message>
    <message>
        <source>Opening your followups…</source>
        <translation>Ouverture de vos relances…</translation>
    </message>
    <message>
        <source>Some of the local data is damaged. What can be read is being brought over…</source>
        <translation>Une partie des données locales est endommagée. Ce qui peut être lu est en cours de récupération…</translation>
    </message>
    <message>
        <source>The local data cannot be opened: the disk is full, or the folder cannot be written. Nothing was removed. Free some space and start again.</source>
        <translation>Les données locales ne peuvent pas être ouvertes : le disque est plein ou le dossier n&apos;est pas accessible en écriture. Rien n&apos;a été supprimé. Libérez de l&apos;espace, puis relancez le programme.</translation>
    </message>
    <message>
        <source>There is no keyring on this computer, so nothing is written to disk: what is not sent is lost when the program ends. A passphrase of yours changes that.</source>
        <translation>Cet ordinateur n’a pas de trousseau de clés : rien n’est écrit sur le disque, et ce qui n’est pas envoyé est perdu à la fin du programme. Une phrase secrète y remédie.</translation>
    </message>
    <message>
        <source>Choose a passphrase…</source>
        <translation>Choisir une phrase secrète…</translation>
    </message>
    <message>
        <source>This server asks you to sign in again in {n} min.</source>
        <translation>Ce serveur vous demandera de vous reconnecter dans {n} min.</translation>
    </message>
    <message>
        <source>No keyring here: this sign-in lasts until you quit.</source>
        <translation>Pas de trousseau ici : cette connexion dure jusqu’à la fermeture.</translation>
    </message>
    <message>
        <source>The client ID is missing.</source>
        <translation>L’identifiant du client manque.</translation>
    </message>
    <message>
        <source>Waiting for your browser: sign in there, then come back.</source>
        <translation>En attente du navigateur : connectez-vous là-bas, puis revenez.</translation>
    </message>
    <message>
        <source>The server does not grant all that was asked for. Your browser asks for less now: please go on there.</source>
        <translation>Le serveur n’accorde pas tout ce qui était demandé. Votre navigateur demande maintenant moins de droits : veuillez y continuer.</translation>
    </message>
    <message>
        <source>You are signed in. You can close this page and go back to the desk.</source>
        <translation>Vous êtes connecté. Vous pouvez fermer cette page et revenir au programme.</translation>
    </message>
    <message>
        <source>You can close this page and go back to the desk.</source>
        <translation>Vous pouvez fermer cette page et revenir à l’application.</translation>
    </message>
    <message>
        <source>No browser opened. Copy this link into a browser on this computer and sign in there.</source>
        <translation>Aucun navigateur ne s’est ouvert. Copiez ce lien dans un navigateur de cet ordinateur et connectez-vous là-bas.</translation>
    </message>
    <message>
        <source>The sign-in took too long, or was used before. Please try again.</source>
        <translation>La connexion a pris trop de temps, ou a déjà été utilisée. Veuillez réessayer.</translation>
    </message>
    <message>
        <source>For your administrator: {said}</source>
        <translation>Pour votre administrateur : {said}</translation>
    </message>
    <message>
        <source>Practice mode (made-up data)</source>
        <translation>Mode démo (données fictives)</translation>
    </message>
    <message>
        <source>Telephone programs cannot open followups here: the local socket is refused.</source>
        <translation>Les logiciels de téléphonie ne peuvent pas ouvrir de relances ici&#xa0;: le point de connexion local est refusé.</translation>
    </message>
</context>
<context>
    <name>DiscardQuestion</name>
    <message>
        <source>Discard changes</source>
        <translation>Abandonner les modifications</translation>
    </message>
    <message>
        <source>Discard your changes?</source>
        <translation>Abandonner vos modifications&#xa0;?</translation>
    </message>
    <message>
        <source>This can&apos;t be undone.</source>
        <translation>Cette action est définitive.</translation>
    </message>
    <message>
        <source>Keep editing</source>
        <translation>Continuer la saisie</translation>
    </message>
</context>
<context>
    <name>EditorPanel</name>
    <message>
        <source>Select a followup to start.</source>
        <translation>Sélectionnez une relance pour commencer.</translation>
    </message>
    <message>
        <source>Undone: {fields}</source>
        <translation>Annulé&#xa0;: {fields}</translation>
    </message>
    <message>
        <source>Words are undone in their own field.</source>
        <translation>Un texte s&apos;annule dans son propre champ.</translation>
    </message>
    <message>
        <source>{name}: save undone.</source>
        <translation>{name}&#xa0;: sauvegarde annulée.</translation>
    </message>
    <message>
        <source>Not sent. You can change it, copy it or discard it.</source>
        <translation>Non envoyé. Vous pouvez le modifier, le copier ou l&apos;abandonner.</translation>
    </message>
    <message>
        <source>Save undone.</source>
        <translation>Sauvegarde annulée.</translation>
    </message>
    <message>
        <source>Nothing to undo.</source>
        <translation>Rien à annuler.</translation>
    </message>
</context>
<context>
    <name>Ending</name>
    <message>
        <source>The agent hung up</source>
        <translation>L’agent a raccroché</translation>
    </message>
    <message>
        <source>The debtor hung up</source>
        <translation>Le débiteur a raccroché</translation>
    </message>
    <message>
        <source>Ended normally</source>
        <translation>Fin normale</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Sans réponse</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>Occupé</translation>
    </message>
    <message>
        <source>Voicemail</source>
        <translation>Messagerie</translation>
    </message>
    <message>
        <source>Invalid number</source>
        <translation>Numéro invalide</translation>
    </message>
    <message>
        <source>Number not in use</source>
        <translation>Numéro non attribué</translation>
    </message>
    <message>
        <source>Network error</source>
        <translation>Erreur réseau</translation>
    </message>
    <message>
        <source>Rejected by the carrier</source>
        <translation>Rejeté par l’opérateur</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>The server&apos;s certificate expired on {date}, so nothing was sent. Ask your administrator; if that day is still to come, set this computer&apos;s clock.</source>
        <translation>Le certificat du serveur a expiré le {date} : rien n’a été envoyé. Adressez-vous à votre administrateur ; si ce jour est encore à venir, réglez l’horloge de cet ordinateur.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate has expired, so nothing was sent. Ask your administrator.</source>
        <translation>Le certificat du serveur a expiré : rien n’a été envoyé. Adressez-vous à votre administrateur.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not valid yet, so nothing was sent. Is this computer&apos;s clock right?</source>
        <translation>Le certificat du serveur n’est pas encore valable : rien n’a été envoyé. L’horloge de cet ordinateur est-elle à l’heure ?</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is for {names}, not for {host}, so nothing was sent. Ask your administrator to check the server&apos;s address.</source>
        <translation>Le certificat du serveur est celui de {names}, pas de {host} : rien n’a été envoyé. Demandez à votre administrateur de vérifier l’adresse du serveur.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not vouched for by {file}, so nothing was sent. Ask your administrator.</source>
        <translation>Le certificat du serveur n’est pas garanti par {file} : rien n’a été envoyé. Adressez-vous à votre administrateur.</translation>
    </message>
    <message>
        <source>The proxy {proxy} asks for a user name and password: your administrator gives them to the desk in its settings. What you save is kept.</source>
        <translation>Le proxy {proxy} demande un nom d’utilisateur et un mot de passe : votre administrateur les donne à l’application dans ses paramètres. Ce que vous enregistrez est conservé.</translation>
    </message>
    <message>
        <source>The proxy {proxy} does not let the desk through. Ask your administrator; what you save is kept.</source>
        <translation>Le proxy {proxy} ne laisse pas passer l’application. Adressez-vous à votre administrateur ; ce que vous enregistrez est conservé.</translation>
    </message>
    <message>
        <source>The sign-in was cancelled. Please try again.</source>
        <translation>La connexion a été annulée. Veuillez réessayer.</translation>
    </message>
    <message>
        <source>Your sign-in has ended. Sign in again: what you saved is kept and leaves then.</source>
        <translation>Votre connexion a pris fin. Reconnectez-vous : ce que vous avez enregistré est conservé et partira alors.</translation>
    </message>
    <message>
        <source>The server does not accept the client ID or its secret. Ask your administrator to check both.</source>
        <translation>Le serveur n’accepte pas l’identifiant du client ou son secret. Demandez à votre administrateur de vérifier les deux.</translation>
    </message>
    <message>
        <source>The server does not give the desk the permissions that it asks for. Ask your administrator to check the scopes of the client.</source>
        <translation>Le serveur ne donne pas à l’application les droits qu’elle demande. Demandez à votre administrateur de vérifier les « scopes » du client.</translation>
    </message>
    <message>
        <source>The server cannot sign anybody in at the moment. Please try again later.</source>
        <translation>Le serveur ne peut connecter personne pour le moment. Veuillez réessayer plus tard.</translation>
    </message>
    <message>
        <source>The server refuses the way in which the desk asks to sign in. Ask your administrator.</source>
        <translation>Le serveur refuse la façon dont l’application demande la connexion. Adressez-vous à votre administrateur.</translation>
    </message>
    <message>
        <source>The server does not accept this sign-in. Sign in again, or ask your administrator to check the client ID and secret.</source>
        <translation>Le serveur refuse cette connexion. Reconnectez-vous, ou demandez à votre administrateur de vérifier l’identifiant et le secret du client.</translation>
    </message>
    <message>
        <source>You are signed out. What you saved is kept and leaves after you sign in.</source>
        <translation>Vous êtes déconnecté. Ce que vous avez enregistré est conservé et partira après la connexion.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not trusted by this computer, so nothing was sent. Ask your administrator.</source>
        <translation>Cet ordinateur ne fait pas confiance au certificat du serveur : rien n’a été envoyé. Adressez-vous à votre administrateur.</translation>
    </message>
    <message>
        <source>Nobody signed in within 5 minutes. Please try again.</source>
        <translation>Personne ne s’est connecté en 5 minutes. Veuillez réessayer.</translation>
    </message>
    <message>
        <source>Your account may not do this ({scope}). Ask your administrator for the permission.</source>
        <translation>Votre compte ne permet pas cela ({scope}). Demandez l’autorisation à votre administrateur.</translation>
    </message>
    <message>
        <source>The server no longer has this followup.</source>
        <translation>Le serveur n’a plus cette relance.</translation>
    </message>
    <message>
        <source>The recording&apos;s link has expired, or it is gone.</source>
        <translation>Le lien de l’enregistrement a expiré, ou l’enregistrement n’existe plus.</translation>
    </message>
    <message>
        <source>The recording lies at an address that is not opened: it must be https, and public.</source>
        <translation>L’enregistrement se trouve à une adresse qui n’est pas ouverte : il faut https, et une adresse publique.</translation>
    </message>
    <message>
        <source>The server does not accept these values.</source>
        <translation>Le serveur n’accepte pas ces valeurs.</translation>
    </message>
    <message>
        <source>The server refuses this request (error {code}). Ask your administrator.</source>
        <translation>Le serveur refuse cette demande (erreur {code}). Adressez-vous à votre administrateur.</translation>
    </message>
    <message>
        <source>The disk is full or cannot be written. What you typed is still in the form: free some space and save again.</source>
        <translation>Le disque est plein ou protégé. Votre saisie est toujours dans le formulaire : libérez de la place et enregistrez à nouveau.</translation>
    </message>
    <message>
        <source>The local data was written by a later version of Followup Desk. Please update.</source>
        <translation>Les données locales viennent d’une version plus récente de Followup Desk. Mettez le programme à jour.</translation>
    </message>
    <message>
        <source>Hourly limit reached. Sending resumes at {time}; what you saved is kept.</source>
        <translation>Limite horaire atteinte. L’envoi reprend à {time}&#xa0;; vos sauvegardes sont conservées.</translation>
    </message>
    <message>
        <source>Hourly limit reached. What you saved is kept and sent later.</source>
        <translation>Limite horaire atteinte. Vos sauvegardes sont conservées et partiront plus tard.</translation>
    </message>
    <message>
        <source>You&apos;re offline: the server cannot be reached. Keep working; your saves are sent automatically.</source>
        <translation>Hors ligne&#xa0;: le serveur est injoignable. Continuez&#xa0;; vos sauvegardes partiront automatiquement.</translation>
    </message>
    <message>
        <source>Server error ({code}). What you save is kept. Retrying.</source>
        <translation>Erreur du serveur ({code}). Vos sauvegardes sont conservées. Nouvel essai en cours.</translation>
    </message>
    <message>
        <source>The server&apos;s answer cannot be understood. What you save is kept. Retrying.</source>
        <translation>La réponse du serveur est incompréhensible. Vos sauvegardes sont conservées. Nouvel essai en cours.</translation>
    </message>
    <message>
        <source>The local data cannot be opened: its key is not available, or the file is damaged. The file was left as it is.</source>
        <translation>Les données locales ne peuvent pas être ouvertes&#xa0;: leur clé n’est pas disponible, ou le fichier est abîmé. Le fichier n’a pas été modifié.</translation>
    </message>
    <message>
        <source>Something went wrong on this computer. What you saved is kept.</source>
        <translation>Un problème est survenu sur ce poste. Vos sauvegardes sont conservées.</translation>
    </message>
    <message>
        <source>Something went wrong in the program. It was written to the log; please report it.</source>
        <translation>Une erreur s’est produite dans le programme. Elle est notée dans le journal ; merci de la signaler.</translation>
    </message>
    <message>
        <source>The address must begin with https:// and name a server.</source>
        <translation>L’adresse doit commencer par https:// et nommer un serveur.</translation>
    </message>
    <message>
        <source>The address must not hold a user name or a password.</source>
        <translation>L’adresse ne doit contenir ni nom d’utilisateur ni mot de passe.</translation>
    </message>
    <message>
        <source>The address must not hold a ? or a #.</source>
        <translation>L’adresse ne doit contenir ni ? ni #.</translation>
    </message>
    <message>
        <source>The address must begin with https:// (http:// is for this computer only).</source>
        <translation>L’adresse doit commencer par https:// (http:// n’est permis que pour cet ordinateur).</translation>
    </message>
    <message>
        <source>Your administrator does not allow this server.</source>
        <translation>Votre administrateur n’autorise pas ce serveur.</translation>
    </message>
    <message>
        <source>This is not an address.</source>
        <translation>Ce n’est pas une adresse.</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>Processed {moment}</source>
        <translation>Traité le {moment}</translation>
    </message>
    <message>
        <source>Payment triggered</source>
        <translation>Paiement déclenché</translation>
    </message>
    <message numerus="yes">
        <source>E-mail opened %n time(s)</source>
        <translation>
            <numerusform>Courriel ouvert %n fois</numerusform>
            <numerusform>Courriel ouvert %n fois</numerusform>
        </translation>
    </message>
    <message>
        <source>{said}, first {moment}</source>
        <translation>{said}, d’abord le {moment}</translation>
    </message>
    <message numerus="yes">
        <source>link clicked %n time(s)</source>
        <translation>
            <numerusform>lien cliqué %n fois</numerusform>
            <numerusform>lien cliqué %n fois</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>Status</source>
        <translation>Statut</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Call date</source>
        <translation>Date d’appel</translation>
    </message>
    <message>
        <source>Scheduled at</source>
        <translation>Prévu le</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Résumé</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notes</translation>
    </message>
    <message>
        <source>Call ID</source>
        <translation>ID d’appel</translation>
    </message>
    <message>
        <source>Recording URL</source>
        <translation>URL de l’enregistrement</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Phone number</source>
        <translation>Numéro de téléphone</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Sens</translation>
    </message>
    <message>
        <source>Disconnection reason</source>
        <translation>Motif de fin d’appel</translation>
    </message>
    <message>
        <source>Retry attempt</source>
        <translation>Nouvelle tentative</translation>
    </message>
    <message>
        <source>Next call</source>
        <translation>Prochain appel</translation>
    </message>
</context>
<context>
    <name>FieldRow</name>
    <message>
        <source>Set back: {field}</source>
        <translation>Rétablir : {field}</translation>
    </message>
    <message>
        <source>Revert field (Ctrl+B)</source>
        <translation>Rétablir le champ (Ctrl+B)</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Views</source>
        <translation>Vues</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Au</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Tous</translation>
    </message>
    <message>
        <source>Debt: {status}</source>
        <translation>Dette : {status}</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Statut</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>My part only: {number} of {whole}</source>
        <translation>Ma part seulement : {number} sur {whole}</translation>
    </message>
    <message>
        <source>Ctrl+1 again: everybody&apos;s calls, or your part</source>
        <translation>Encore Ctrl+1 : les appels de tous, ou votre part</translation>
    </message>
</context>
<context>
    <name>Flag</name>
    <message>
        <source>Deceased</source>
        <translation>Décédé</translation>
    </message>
    <message>
        <source>Do not call</source>
        <translation>Ne pas appeler</translation>
    </message>
    <message>
        <source>Represented</source>
        <translation>Représenté</translation>
    </message>
    <message>
        <source>Disputed</source>
        <translation>Contesté</translation>
    </message>
    <message>
        <source>Wrong number</source>
        <translation>Mauvais numéro</translation>
    </message>
    <message>
        <source>The debt says so.</source>
        <translation>C’est ce qu’indique la dette.</translation>
    </message>
    <message>
        <source>{day}: nobody has this number.</source>
        <translation>{day}&#xa0;: ce numéro n’est pas attribué.</translation>
    </message>
    <message>
        <source>The debt&apos;s summary: “{sentence}”</source>
        <translation>Résumé de la dette&#xa0;: «&#xa0;{sentence}&#xa0;»</translation>
    </message>
    <message>
        <source>{day}: “{sentence}”</source>
        <translation>{day}&#xa0;: «&#xa0;{sentence}&#xa0;»</translation>
    </message>
</context>
<context>
    <name>FollowupTable</name>
    <message>
        <source>new, not saved yet</source>
        <translation>nouveau, pas encore enregistré</translation>
    </message>
    <message>
        <source>Notes: {excerpt}</source>
        <translation>Notes&#xa0;: {excerpt}</translation>
    </message>
    <message>
        <source>Not accepted: needs your attention</source>
        <translation>Refusé : à revoir</translation>
    </message>
    <message>
        <source>Saved here, on its way to the server</source>
        <translation>Enregistré ici, en route vers le serveur</translation>
    </message>
    <message>
        <source>Has text that is not saved yet</source>
        <translation>Contient du texte pas encore enregistré</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>Call this number</source>
        <translation>Appeler ce numéro</translation>
    </message>
    <message>
        <source>Details of the call</source>
        <translation>Détails de l’appel</translation>
    </message>
    <message>
        <source>unfolded</source>
        <translation>déplié</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>replié</translation>
    </message>
    <message>
        <source>A colleague changed this meanwhile: {theirs}</source>
        <translation>Un collègue a modifié ce champ entre-temps : {theirs}</translation>
    </message>
    <message>
        <source>Changed by a colleague just now. Before: {was}</source>
        <translation>Modifié à l&apos;instant par un collègue. Avant : {was}</translation>
    </message>
</context>
<context>
    <name>HistoryPanel</name>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>History ({n})</source>
        <translation>Historique ({n})</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Pin (P)</source>
        <translation>Épingler (P)</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
</context>
<context>
    <name>HitCounts</name>
    <message>
        <source>No followup matches.</source>
        <translation>Aucune relance ne correspond.</translation>
    </message>
    <message>
        <source>Clear search and filters</source>
        <translation>Effacer recherche et filtres</translation>
    </message>
    <message>
        <source>All clear – nothing here.</source>
        <translation>Tout est à jour&#xa0;: rien ici.</translation>
    </message>
    <message>
        <source>{count} in {view}</source>
        <translation>{count} dans {view}</translation>
    </message>
    <message>
        <source>Nothing in {view}.</source>
        <translation>Rien dans {view}.</translation>
    </message>
    <message>
        <source>Show {count} in All</source>
        <translation>Afficher les {count} dans Toutes</translation>
    </message>
</context>
<context>
    <name>LastSaved</name>
    <message>
        <source>{name}: save undone</source>
        <translation>{name} : enregistrement annulé</translation>
    </message>
    <message>
        <source>not accepted</source>
        <translation>refusé</translation>
    </message>
    <message>
        <source>{name} and {n} more</source>
        <translation>{name} et {n} autres</translation>
    </message>
    <message>
        <source>next call {moment}</source>
        <translation>prochain appel {moment}</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>enregistré</translation>
    </message>
</context>
<context>
    <name>LinkToCopy</name>
    <message>
        <source>&amp;No page in your browser? Copy this link into it:</source>
        <translation>Pas de page dans votre navigateur ? Copiez-y ce lien :</translation>
    </message>
    <message>
        <source>Link to sign in</source>
        <translation>Lien de connexion</translation>
    </message>
    <message>
        <source>Cop&amp;y link</source>
        <translation>&amp;Copier le lien</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Copié</translation>
    </message>
</context>
<context>
    <name>Links</name>
    <message>
        <source>Open {host}</source>
        <translation>Ouvrir {host}</translation>
    </message>
    <message>
        <source>This is no https link: it is not opened</source>
        <translation>Ce n’est pas un lien https : il n’est pas ouvert</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>Copier le lien</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Copié.</translation>
    </message>
</context>
<context>
    <name>ListPanel</name>
    <message>
        <source>Loading followups</source>
        <translation>Chargement des relances</translation>
    </message>
    <message>
        <source>Followups</source>
        <translation>Relances</translation>
    </message>
    <message numerus="yes">
        <source>{words}: %n followup(s). J and K walk through them.</source>
        <translation>
            <numerusform>{words} : %n relance. J et K les parcourent.</numerusform>
            <numerusform>{words} : %n relances. J et K les parcourent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Lock</name>
    <message>
        <source>&amp;Passphrase of the local data</source>
        <translation>&amp;Phrase secrète des données locales</translation>
    </message>
    <message>
        <source>Your &amp;password on this computer</source>
        <translation>Votre mot de &amp;passe sur cet ordinateur</translation>
    </message>
    <message>
        <source>Wrong password. Try again.</source>
        <translation>Mot de passe incorrect. Réessayez.</translation>
    </message>
    <message>
        <source>Too many wrong guesses. Please wait {seconds} s.</source>
        <translation>Trop d’essais erronés. Veuillez patienter {seconds}&#xa0;s.</translation>
    </message>
    <message>
        <source>Please try again.</source>
        <translation>Veuillez réessayer.</translation>
    </message>
    <message>
        <source>Somebody else signed in. What is open here belongs to {name}: to work here yourself, sign them out first.</source>
        <translation>Une autre personne s’est connectée. Ce qui est ouvert ici appartient à {name}&#xa0;: pour travailler ici vous-même, déconnectez d’abord cette personne.</translation>
    </message>
    <message>
        <source>Your browser did not ask for your password. Please sign out there, and try again.</source>
        <translation>Votre navigateur n’a pas demandé votre mot de passe. Déconnectez-vous dans le navigateur, puis réessayez.</translation>
    </message>
    <message>
        <source>another person</source>
        <translation>une autre personne</translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>Locked</source>
        <translation>Verrouillé</translation>
    </message>
    <message>
        <source>What you typed is kept on this computer.</source>
        <translation>Ce que vous avez saisi est conservé sur ce poste.</translation>
    </message>
    <message>
        <source>Sign in with the &amp;browser</source>
        <translation>Se connecter avec le &amp;navigateur</translation>
    </message>
    <message>
        <source>&amp;Unlock</source>
        <translation>&amp;Déverrouiller</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>&amp;Sign out</source>
        <translation>Se &amp;déconnecter</translation>
    </message>
    <message>
        <source>For somebody else to work here. What is typed and saved is kept.</source>
        <translation>Pour qu’une autre personne travaille ici. Ce qui est saisi et enregistré est conservé.</translation>
    </message>
</context>
<context>
    <name>LookFor</name>
    <message>
        <source>Deal found without a summary</source>
        <translation>Accord sans résumé</translation>
    </message>
    <message>
        <source>Marked as reached, but under 10 s</source>
        <translation>Marqué «&#xa0;joint&#xa0;», appel &lt; 10 s</translation>
    </message>
    <message>
        <source>Recorded over an hour after the call</source>
        <translation>Saisi plus d’une heure après l’appel</translation>
    </message>
    <message>
        <source>Overdue, no action taken</source>
        <translation>En retard, sans action</translation>
    </message>
    <message>
        <source>A card number or an IBAN in the notes</source>
        <translation>Un numéro de carte ou un IBAN dans les notes</translation>
    </message>
</context>
<context>
    <name>MomentEditor</name>
    <message>
        <source>Calendar</source>
        <translation>Calendrier</translation>
    </message>
    <message>
        <source>Pick a day (Alt+Down)</source>
        <translation>Choisir un jour (Alt+Bas)</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Maintenant</translation>
    </message>
    <message>
        <source>Now (Ctrl+;)</source>
        <translation>Maintenant (Ctrl+;)</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Effacer</translation>
    </message>
    <message>
        <source>No date</source>
        <translation>Pas de date</translation>
    </message>
</context>
<context>
    <name>MyDay</name>
    <message>
        <source>Gone</source>
        <translation>Disparu</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nouveau</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Enregistré</translation>
    </message>
    <message>
        <source>next call {moment}</source>
        <translation>prochain appel {moment}</translation>
    </message>
</context>
<context>
    <name>MyDayPage</name>
    <message>
        <source>My day</source>
        <translation>Ma journée</translation>
    </message>
    <message>
        <source>Nothing saved yet today.</source>
        <translation>Rien d’enregistré aujourd’hui.</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Appels</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>Contacts aboutis</translation>
    </message>
    <message>
        <source>Deals</source>
        <translation>Accords</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>Promis</translation>
    </message>
    <message>
        <source>What I did today</source>
        <translation>Ce que j’ai fait aujourd’hui</translation>
    </message>
    <message>
        <source>Ctrl+Z takes the last one back. Esc closes.</source>
        <translation>Ctrl+Z annule le dernier. Échap ferme.</translation>
    </message>
    <message>
        <source>{count} ({share} %)</source>
        <translation>{count} ({share}&#xa0;%)</translation>
    </message>
    <message>
        <source>{calls} of {goal} calls</source>
        <translation>{calls} appels sur {goal}</translation>
    </message>
    <message>
        <source>{calls} of {goal} calls: goal reached</source>
        <translation>{calls} appels sur {goal}&#xa0;: objectif atteint</translation>
    </message>
    <message>
        <source>{what} · undone</source>
        <translation>{what} · annulé</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>{name}: save undone.</source>
        <translation>{name}&#xa0;: sauvegarde annulée.</translation>
    </message>
</context>
<context>
    <name>MyReviewsFeature</name>
    <message numerus="yes">
        <source>%n new review(s) of your calls: Ctrl+Shift+J</source>
        <translation>
            <numerusform>%n nouvelle évaluation de vos appels : Ctrl+Maj+J</numerusform>
            <numerusform>%n nouvelles évaluations de vos appels : Ctrl+Maj+J</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MyReviewsPage</name>
    <message>
        <source>Reviews of my calls</source>
        <translation>Évaluations de mes appels</translation>
    </message>
    <message>
        <source>No review of your calls yet.</source>
        <translation>Aucune évaluation de vos appels pour l’instant.</translation>
    </message>
    <message>
        <source>Return marks a review as read and sends your answer. Esc closes.</source>
        <translation>Entrée marque une évaluation comme lue et envoie votre réponse. Échap ferme.</translation>
    </message>
    <message>
        <source>A call</source>
        <translation>Un appel</translation>
    </message>
    <message>
        <source>Open this call</source>
        <translation>Ouvrir cet appel</translation>
    </message>
    <message>
        <source>{name} · {moment}</source>
        <translation>{name} · {moment}</translation>
    </message>
    <message>
        <source>Answer (if you like)</source>
        <translation>Réponse (facultative)</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Réponse</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>Marquer comme lue</translation>
    </message>
    <message>
        <source>Read; it is said when the team is back.</source>
        <translation>Lue ; ce sera dit dès que l’équipe est de retour.</translation>
    </message>
    <message>
        <source>Read: {moment}.</source>
        <translation>Lue : {moment}.</translation>
    </message>
    <message>
        <source>Your answer: “{words}”</source>
        <translation>Votre réponse : « {words} »</translation>
    </message>
    <message>
        <source>Marked as read.</source>
        <translation>Marquée comme lue.</translation>
    </message>
</context>
<context>
    <name>OlderLine</name>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Get them</source>
        <translation>Les récupérer</translation>
    </message>
</context>
<context>
    <name>OpenLine</name>
    <message>
        <source>Show in All</source>
        <translation>Afficher dans Toutes</translation>
    </message>
    <message numerus="yes">
        <source>%n followup(s)</source>
        <translation>
            <numerusform>%n relance</numerusform>
            <numerusform>%n relances</numerusform>
        </translation>
    </message>
    <message>
        <source>Open: {heading} · not in this list</source>
        <translation>Ouvert : {heading} · absent de cette liste</translation>
    </message>
</context>
<context>
    <name>Outcome</name>
    <message>
        <source>Deal found</source>
        <translation>Accord</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Sans réponse</translation>
    </message>
    <message>
        <source>No deal</source>
        <translation>Pas d’accord</translation>
    </message>
    <message>
        <source>Reschedule</source>
        <translation>Reporter</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Échec</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Remis</translation>
    </message>
    <message>
        <source>Bad behaviour</source>
        <translation>Incident</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>À rappeler</translation>
    </message>
    <message>
        <source>Log call details</source>
        <translation>Compte rendu</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulé</translation>
    </message>
    <message>
        <source>A deal was made: the call is dated now, say what was agreed.</source>
        <translation>Un accord est trouvé : l’appel est daté de maintenant, dites ce qui est convenu.</translation>
    </message>
    <message>
        <source>Nobody answered: the next call is planned by your team&apos;s rule.</source>
        <translation>Personne n’a répondu : le prochain appel est prévu selon la règle de l’équipe.</translation>
    </message>
    <message>
        <source>You spoke, without a deal: say why.</source>
        <translation>Vous avez parlé, sans accord : dites pourquoi.</translation>
    </message>
    <message>
        <source>The debtor was abusive: note what was said.</source>
        <translation>Le débiteur a été agressif : notez ce qui s’est dit.</translation>
    </message>
    <message>
        <source>You spoke and agreed on another time: say when, the call is planned.</source>
        <translation>Vous avez parlé et convenu d’un autre moment&#xa0;: dites quand, l’appel est planifié.</translation>
    </message>
    <message>
        <source>This followup is put off: say when.</source>
        <translation>Cette relance est reportée : dites à quand.</translation>
    </message>
    <message>
        <source>The attempt failed: say why it was cut off.</source>
        <translation>La tentative a échoué : dites pourquoi.</translation>
    </message>
    <message>
        <source>The message arrived.</source>
        <translation>Le message est arrivé.</translation>
    </message>
    <message>
        <source>Fill in date, number and direction; then length and recording.</source>
        <translation>Date, numéro et sens sont remplis ; puis durée et enregistrement.</translation>
    </message>
    <message>
        <source>This followup will not take place: note why.</source>
        <translation>Cette relance n’aura pas lieu : notez pourquoi.</translation>
    </message>
</context>
<context>
    <name>OutcomeBar</name>
    <message>
        <source>Outcomes</source>
        <translation>Résultats</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Autres</translation>
    </message>
    <message>
        <source>More outcomes</source>
        <translation>Autres résultats</translation>
    </message>
</context>
<context>
    <name>OwnViews</name>
    <message>
        <source>Keep this as a view</source>
        <translation>Garder comme vue</translation>
    </message>
    <message>
        <source>Name of the view</source>
        <translation>Nom de la vue</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Nothing matches.</source>
        <translation>Rien ne correspond.</translation>
    </message>
</context>
<context>
    <name>PassphraseDialog</name>
    <message>
        <source>Passphrase for the local data</source>
        <translation>Phrase secrète des données locales</translation>
    </message>
    <message>
        <source>Followups are kept on this computer encrypted with this passphrase. Nobody can open them without it, and nobody can tell you what it was.</source>
        <translation>Les relances sont conservées sur cet ordinateur, chiffrées avec cette phrase. Personne ne peut les ouvrir sans elle, et personne ne peut vous la redonner.</translation>
    </message>
    <message>
        <source>Your followups on this computer are encrypted with your passphrase.</source>
        <translation>Vos relances sur cet ordinateur sont chiffrées avec votre phrase secrète.</translation>
    </message>
    <message>
        <source>&amp;Passphrase</source>
        <translation>&amp;Phrase secrète</translation>
    </message>
    <message>
        <source>&amp;Again</source>
        <translation>&amp;Encore une fois</translation>
    </message>
    <message>
        <source>This passphrase does not open the data.</source>
        <translation>Cette phrase n’ouvre pas les données.</translation>
    </message>
    <message>
        <source>Keep with passphrase</source>
        <translation>Conserver avec la phrase</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>At least {n} characters, please.</source>
        <translation>Au moins {n} caractères, s’il vous plaît.</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>Les deux ne sont pas identiques.</translation>
    </message>
</context>
<context>
    <name>PersonDialog</name>
    <message>
        <source>Who signs in?</source>
        <translation>Qui se connecte&#x202f;?</translation>
    </message>
    <message>
        <source>Several people may work at this computer. What one of them has typed or saved is not shown to another, nor sent in their name.</source>
        <translation>Plusieurs personnes peuvent travailler sur cet ordinateur. Ce que l’une a saisi ou enregistré n’est ni montré à une autre, ni envoyé en son nom.</translation>
    </message>
    <message>
        <source>Who worked here before</source>
        <translation>La personne qui travaillait ici auparavant</translation>
    </message>
    <message>
        <source>Somebody &amp;else</source>
        <translation>Une autr&amp;e personne</translation>
    </message>
    <message>
        <source>Your &amp;name</source>
        <translation>Votre &amp;nom</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Votre nom</translation>
    </message>
</context>
<context>
    <name>PersonList</name>
    <message numerus="yes">
        <source>%n other debt(s) of this person</source>
        <translation>
            <numerusform>%n autre dette de cette personne</numerusform>
            <numerusform>%n autres dettes de cette personne</numerusform>
        </translation>
    </message>
    <message>
        <source>No other debt of this person is known</source>
        <translation>Aucune autre dette connue pour cette personne</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Masquer</translation>
    </message>
    <message>
        <source>Tick the debts that this call settles too.</source>
        <translation>Cochez les dettes que cet appel règle aussi.</translation>
    </message>
    <message>
        <source>Save records the outcome for the ticked debts, too.</source>
        <translation>L&apos;enregistrement note aussi le résultat pour les dettes cochées.</translation>
    </message>
    <message>
        <source>Choose an outcome: Save records it for the ticked debts, too.</source>
        <translation>Choisissez un résultat&#xa0;: il sera noté aussi pour les dettes cochées.</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>As a table</source>
        <translation>En tableau</translation>
    </message>
    <message>
        <source>As a picture</source>
        <translation>En graphique</translation>
    </message>
</context>
<context>
    <name>Pictures</name>
    <message>
        <source>Outcomes by day</source>
        <translation>Résultats par jour</translation>
    </message>
    <message>
        <source>Best time to call</source>
        <translation>Meilleure heure</translation>
    </message>
    <message>
        <source>Talk time</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>Reasons of failures</source>
        <translation>Motifs d’échec</translation>
    </message>
    <message>
        <source>Conversion funnel</source>
        <translation>Entonnoir de conversion</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>Par jour</translation>
    </message>
    <message>
        <source>Best time</source>
        <translation>Meilleure heure</translation>
    </message>
    <message>
        <source>Funnel</source>
        <translation>Entonnoir</translation>
    </message>
    <message>
        <source>Under deals, by creditor</source>
        <translation>Sous accord, par créancier</translation>
    </message>
    <message>
        <source>Creditors</source>
        <translation>Créanciers</translation>
    </message>
    <message>
        <source>Under deals, by amount</source>
        <translation>Sous accord, par montant</translation>
    </message>
    <message>
        <source>Amounts</source>
        <translation>Montants</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>Échecs</translation>
    </message>
    <message>
        <source>Retry results</source>
        <translation>Résultats des rappels</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Rappels</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Jour</translation>
    </message>
    <message>
        <source>Hour</source>
        <translation>Heure</translation>
    </message>
    <message>
        <source>Attempted</source>
        <translation>Essais</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>Contacts aboutis</translation>
    </message>
    <message>
        <source>Deals</source>
        <translation>Accords</translation>
    </message>
    <message>
        <source>Deals with a payment</source>
        <translation>Accords avec paiement</translation>
    </message>
    <message>
        <source>{number}  ·  {step} of the step before, {all} of all</source>
        <translation>{number}  ·  {step} de l’étape précédente, {all} du total</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Étape</translation>
    </message>
    <message>
        <source>Of the step before</source>
        <translation>De l’étape précédente</translation>
    </message>
    <message>
        <source>Of all attempts</source>
        <translation>De toutes les tentatives</translation>
    </message>
    <message>
        <source>{amount}  ·  debts: {debts}  ·  with a payment: {paid}</source>
        <translation>{amount}  ·  dettes : {debts}  ·  avec paiement : {paid}</translation>
    </message>
    <message>
        <source>Debts</source>
        <translation>Dettes</translation>
    </message>
    <message>
        <source>Under deals</source>
        <translation>Sous accord</translation>
    </message>
    <message>
        <source>Debts with a payment</source>
        <translation>Dettes avec paiement</translation>
    </message>
    <message>
        <source>Owed on them</source>
        <translation>Montant dû de celles-ci</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Appels</translation>
    </message>
    <message>
        <source>none given</source>
        <translation>sans motif</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nombre</translation>
    </message>
</context>
<context>
    <name>PinField</name>
    <message>
        <source>Pinned note</source>
        <translation>Note épinglée</translation>
    </message>
    <message>
        <source>Pin a note to this debt</source>
        <translation>Épingler une note à cette dette</translation>
    </message>
    <message>
        <source>Always in sight for this debt. It stays on this computer, encrypted.</source>
        <translation>Toujours visible pour cette dette. Elle reste sur ce poste, chiffrée.</translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>The recording can be played once the server was reached.</source>
        <translation>L’enregistrement pourra être écouté dès que le serveur aura répondu.</translation>
    </message>
    <message>
        <source>The sound libraries are not installed, so recordings cannot be played.</source>
        <translation>Les bibliothèques de son ne sont pas installées : les enregistrements ne peuvent pas être écoutés.</translation>
    </message>
    <message>
        <source>No sound device was found: it plays without a sound.</source>
        <translation>Aucun périphérique de son : la lecture est muette.</translation>
    </message>
    <message>
        <source>This recording cannot be played here: its format is not known.</source>
        <translation>Cet enregistrement ne peut pas être lu ici : son format est inconnu.</translation>
    </message>
</context>
<context>
    <name>PlayerBar</name>
    <message>
        <source>Position in the recording</source>
        <translation>Position dans l’enregistrement</translation>
    </message>
    <message>
        <source>Speed (Shift+F8)</source>
        <translation>Vitesse (Maj+F8)</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Audio</translation>
    </message>
    <message>
        <source>Pause the recording</source>
        <translation>Suspendre l’écoute</translation>
    </message>
    <message>
        <source>Play the recording</source>
        <translation>Écouter l’enregistrement</translation>
    </message>
    <message>
        <source>Speed {rate}</source>
        <translation>Vitesse {rate}</translation>
    </message>
    <message>
        <source>The recording is loading…</source>
        <translation>L’enregistrement se charge…</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>The disk is full or cannot be written, so this is not kept. Free some space and press OK again.</source>
        <translation>Le disque est plein ou ne peut pas être écrit : rien n’est enregistré. Libérez de l’espace et appuyez de nouveau sur OK.</translation>
    </message>
    <message>
        <source>The language changes at the next start.</source>
        <translation>La langue changera au prochain démarrage.</translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <source>This cannot be empty.</source>
        <translation>Ce champ est obligatoire.</translation>
    </message>
    <message>
        <source>This is not a date and time. Try tomorrow 9, in 2h, mon 10:30, or 2026-12-31 14:30.</source>
        <translation>Ce n’est pas une date avec une heure. Essayez demain 9h, dans 2h, lun 10h30 ou 31/12/2026 14:30.</translation>
    </message>
    <message>
        <source>The clocks change then: this hour does not exist.</source>
        <translation>Changement d’heure : cette heure n’existe pas.</translation>
    </message>
    <message>
        <source>A duration is hours, minutes and seconds: 0:03:20.</source>
        <translation>Une durée s’écrit en heures, minutes et secondes : 0:03:20.</translation>
    </message>
    <message>
        <source>This cannot be below zero.</source>
        <translation>La valeur ne peut pas être négative.</translation>
    </message>
    <message>
        <source>A link begins with https:// or http:// and has no spaces.</source>
        <translation>Un lien commence par https:// ou http:// et ne contient pas d’espace.</translation>
    </message>
    <message>
        <source>A scheduled followup needs a date and time.</source>
        <translation>Une relance prévue a besoin d’une date et d’une heure.</translation>
    </message>
    <message>
        <source>This is in the future.</source>
        <translation>C’est dans le futur.</translation>
    </message>
    <message>
        <source>This is in the past.</source>
        <translation>C’est dans le passé.</translation>
    </message>
    <message>
        <source>This does not look like a phone number.</source>
        <translation>Cela ne ressemble pas à un numéro de téléphone.</translation>
    </message>
    <message>
        <source>Still to be filled in: {blanks}</source>
        <translation>À compléter&#xa0;: {blanks}</translation>
    </message>
</context>
<context>
    <name>PromiseForm</name>
    <message>
        <source>friday, 5/12, +10d …</source>
        <translation>vendredi, 5/12, +10j …</translation>
    </message>
    <message>
        <source>Fill in</source>
        <translation>Remplir</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Montant</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Pour le</translation>
    </message>
    <message>
        <source>Instalments</source>
        <translation>Échéances</translation>
    </message>
    <message>
        <source>How much was promised?</source>
        <translation>Quel montant est promis&#xa0;?</translation>
    </message>
    <message>
        <source>By {day}; a call is planned for the day after, to check it.</source>
        <translation>Pour le {day}&#xa0;; un appel de contrôle est prévu le lendemain.</translation>
    </message>
    <message>
        <source>This is not a day from today on.</source>
        <translation>Ce n&apos;est pas un jour à partir d&apos;aujourd&apos;hui.</translation>
    </message>
    <message>
        <source>By which day?</source>
        <translation>Pour quel jour&#xa0;?</translation>
    </message>
</context>
<context>
    <name>PromiseWords</name>
    <message numerus="yes">
        <source>%n instalment(s)</source>
        <translation>
            <numerusform>%n échéance</numerusform>
            <numerusform>%n échéances</numerusform>
        </translation>
    </message>
    <message>
        <source>Promises {amount} by {day}</source>
        <translation>Promet {amount} pour le {day}</translation>
    </message>
    <message>
        <source>Promises {amount} in {instalments}, the first by {day}</source>
        <translation>Promet {amount} en {instalments}, la première le {day}</translation>
    </message>
    <message>
        <source>Promised: {what} by {day}</source>
        <translation>Promis&#xa0;: {what} pour le {day}</translation>
    </message>
    <message>
        <source>Promise kept: {what} by {day}</source>
        <translation>Promesse tenue&#xa0;: {what} pour le {day}</translation>
    </message>
    <message>
        <source>Promise broken: {what} by {day}</source>
        <translation>Promesse non tenue&#xa0;: {what} pour le {day}</translation>
    </message>
</context>
<context>
    <name>QuitQuestion</name>
    <message>
        <source>Not everything is sent</source>
        <translation>Tout n’est pas envoyé</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) did not reach the server yet.</source>
        <translation>
            <numerusform>%n modification n’est pas encore arrivée au serveur.</numerusform>
            <numerusform>%n modifications ne sont pas encore arrivées au serveur.</numerusform>
        </translation>
    </message>
    <message>
        <source>They are kept on this computer, encrypted, and leave when you start again.</source>
        <translation>Elles sont conservées sur cet ordinateur, chiffrées, et partiront au prochain démarrage.</translation>
    </message>
    <message>
        <source>Nothing is kept on this computer: if you quit now, they are lost.</source>
        <translation>Rien n’est conservé sur cet ordinateur : si vous quittez maintenant, elles sont perdues.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Rester</translation>
    </message>
</context>
<context>
    <name>ReadyReports</name>
    <message>
        <source>Report</source>
        <translation>Rapport</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>Enregistré sous {file}.</translation>
    </message>
    <message>
        <source>The server&apos;s link to this report is not good. Try again later.</source>
        <translation>Le lien du serveur vers ce rapport n&apos;est pas valable. Réessayez plus tard.</translation>
    </message>
    <message>
        <source>The file cannot be written: {why}</source>
        <translation>Le fichier ne peut pas être écrit&#xa0;: {why}</translation>
    </message>
</context>
<context>
    <name>ReadyReportsDialog</name>
    <message>
        <source>Reports of the provider</source>
        <translation>Rapports du prestataire</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Rapports</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Lecture…</translation>
    </message>
    <message>
        <source>&amp;Download…</source>
        <translation>&amp;Télécharger…</translation>
    </message>
    <message>
        <source>No report is there yet.</source>
        <translation>Il n&apos;y a pas encore de rapport.</translation>
    </message>
    <message>
        <source>Monthly</source>
        <translation>Mensuel</translation>
    </message>
    <message>
        <source>Weekly</source>
        <translation>Hebdomadaire</translation>
    </message>
    <message>
        <source>Daily</source>
        <translation>Quotidien</translation>
    </message>
    <message>
        <source>not ready yet</source>
        <translation>pas encore prêt</translation>
    </message>
    <message>
        <source>Credits left: {count}</source>
        <translation>Crédits restants&#xa0;: {count}</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>jusqu&apos;au {day}</translation>
    </message>
</context>
<context>
    <name>ReasonBar</name>
    <message>
        <source>Reason</source>
        <translation>Motif (obligatoire)</translation>
    </message>
    <message>
        <source>Save anyway</source>
        <translation>Enregistrer quand même</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>promised for {moment}</source>
        <translation>promis pour {moment}</translation>
    </message>
    <message>
        <source>begun, no outcome yet</source>
        <translation>commencé, sans résultat</translation>
    </message>
    <message>
        <source>called {when}</source>
        <translation>appelé {when}</translation>
    </message>
    <message>
        <source>called {when} on another debt</source>
        <translation>appelé {when} pour une autre dette</translation>
    </message>
    <message>
        <source>second try</source>
        <translation>2e tentative</translation>
    </message>
    <message>
        <source>third try</source>
        <translation>3e tentative</translation>
    </message>
    <message>
        <source>fourth try</source>
        <translation>4e tentative</translation>
    </message>
    <message>
        <source>fifth try</source>
        <translation>5e tentative</translation>
    </message>
    <message>
        <source>try {n}</source>
        <translation>tentative {n}</translation>
    </message>
    <message>
        <source>until {time} there</source>
        <translation>jusqu’à {time} sur place</translation>
    </message>
    <message>
        <source>first call</source>
        <translation>premier appel</translation>
    </message>
    <message>
        <source>large amount</source>
        <translation>montant élevé</translation>
    </message>
    <message>
        <source>rested {n} days</source>
        <translation>{n} jours sans appel</translation>
    </message>
    <message>
        <source>planned for {moment}</source>
        <translation>prévu pour {moment}</translation>
    </message>
    <message>
        <source>closed there</source>
        <translation>fermé sur place</translation>
    </message>
    <message>
        <source>opens at {time}</source>
        <translation>ouvre à {time}</translation>
    </message>
    <message>
        <source>opens {day} {time}</source>
        <translation>ouvre {day} {time}</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>The server failed each time this was sent (error {code}). Your text is kept: save again later, or change it.</source>
        <translation>Le serveur a échoué à chaque envoi (erreur {code}). Votre texte est conservé : enregistrez à nouveau plus tard, ou modifiez-le.</translation>
    </message>
    <message>
        <source>The server gave no usable answer each time this was sent. Your text is kept: save again later.</source>
        <translation>Le serveur n&apos;a donné aucune réponse exploitable à chaque envoi. Votre texte est conservé : enregistrez à nouveau plus tard.</translation>
    </message>
    <message>
        <source>The server says that it saved this, but still has the old values: {fields}. Your text is kept: save again, and tell your administrator if it happens again.</source>
        <translation>Le serveur dit avoir enregistré, mais garde les anciennes valeurs : {fields}. Votre texte est conservé : enregistrez à nouveau, et prévenez votre administrateur si cela se reproduit.</translation>
    </message>
    <message>
        <source>Something went wrong in the program when this was sent. Your text is kept: save again, and please report it if it happens again.</source>
        <translation>Une erreur s&apos;est produite dans le programme lors de l&apos;envoi. Votre texte est conservé : enregistrez à nouveau, et signalez-le si cela se reproduit.</translation>
    </message>
    <message>
        <source>This is too long for the server (error {code}). Shorten the notes or the summary, then save again.</source>
        <translation>C&apos;est trop long pour le serveur (erreur {code}). Raccourcissez les notes ou le résumé, puis enregistrez à nouveau.</translation>
    </message>
    <message>
        <source>The server says that this contradicts what it has (error 409). Check the fields, then save again or discard.</source>
        <translation>Le serveur indique que cela contredit ce qu&apos;il a (erreur 409). Vérifiez les champs, puis enregistrez à nouveau ou abandonnez.</translation>
    </message>
    <message>
        <source>The server no longer has this followup (error 410). Your text is kept until you discard it.</source>
        <translation>Le serveur n&apos;a plus cette relance (erreur 410). Votre texte est conservé tant que vous ne l&apos;abandonnez pas.</translation>
    </message>
    <message>
        <source>This followup is locked on the server (error 423). Your text is kept: save again later.</source>
        <translation>Cette relance est verrouillée sur le serveur (erreur 423). Votre texte est conservé : enregistrez à nouveau plus tard.</translation>
    </message>
    <message>
        <source>The server may not store this for legal reasons (error 451). Your text is kept until you discard it.</source>
        <translation>Le serveur ne peut pas conserver cela pour des raisons légales (erreur 451). Votre texte est conservé tant que vous ne l&apos;abandonnez pas.</translation>
    </message>
    <message>
        <source>The server refuses this save (error {code}). Your text is kept: save again, and tell your administrator if it happens again.</source>
        <translation>Le serveur refuse cet enregistrement (erreur {code}). Votre texte est conservé : enregistrez à nouveau, et prévenez votre administrateur si cela se reproduit.</translation>
    </message>
</context>
<context>
    <name>Relative</name>
    <message>
        <source>now</source>
        <translation>maintenant</translation>
    </message>
    <message>
        <source>in {n} min</source>
        <translation>dans {n} min</translation>
    </message>
    <message>
        <source>{n} min ago</source>
        <translation>il y a {n} min</translation>
    </message>
    <message>
        <source>in {n} h</source>
        <translation>dans {n} h</translation>
    </message>
    <message>
        <source>{n} h ago</source>
        <translation>il y a {n} h</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>demain</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>hier</translation>
    </message>
    <message>
        <source>in {n} days</source>
        <translation>dans {n} jours</translation>
    </message>
    <message>
        <source>{n} days ago</source>
        <translation>il y a {n} jours</translation>
    </message>
    <message>
        <source>{n} min late</source>
        <translation>{n} min de retard</translation>
    </message>
    <message>
        <source>{n} h late</source>
        <translation>{n} h de retard</translation>
    </message>
    <message>
        <source>1 day late</source>
        <translation>1 jour de retard</translation>
    </message>
    <message>
        <source>{n} days late</source>
        <translation>{n} jours de retard</translation>
    </message>
</context>
<context>
    <name>ReminderNotices</name>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Snooze</source>
        <translation>Plus tard</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) due.</source>
        <translation>
            <numerusform>%n appel à effectuer.</numerusform>
            <numerusform>%n appels à effectuer.</numerusform>
        </translation>
    </message>
    <message>
        <source>Call due now: {debtor}</source>
        <translation>Appel à effectuer&#xa0;: {debtor}</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) due (first: {time}, {debtor}).</source>
        <translation>
            <numerusform>%n appel à effectuer (premier&#xa0;: {time}, {debtor}).</numerusform>
            <numerusform>%n appels à effectuer (premier&#xa0;: {time}, {debtor}).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>from {time}</source>
        <translation>dès {time}</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
    <message>
        <source>{part} of {whole}</source>
        <translation>{part} sur {whole}</translation>
    </message>
    <message>
        <source>small sample</source>
        <translation>petit échantillon</translation>
    </message>
    <message>
        <source>{by} points</source>
        <translation>{by} points</translation>
    </message>
    <message>
        <source>{by}, better</source>
        <translation>{by}, mieux</translation>
    </message>
    <message>
        <source>{by}, worse</source>
        <translation>{by}, moins bien</translation>
    </message>
    <message>
        <source>Compared with the same weekdays before: {days}.</source>
        <translation>Comparé aux mêmes jours de la semaine précédents : {days}.</translation>
    </message>
    <message>
        <source>Compared with the same weekdays before: {days}, the last day until {time}, as today is not over.</source>
        <translation>Comparé aux mêmes jours de la semaine précédents : {days}, le dernier jusqu’à {time}, car la journée n’est pas finie.</translation>
    </message>
    <message>
        <source>none in the period before</source>
        <translation>aucun la période précédente</translation>
    </message>
    <message>
        <source>{count} in the period before</source>
        <translation>{count} la période précédente</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} h</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} jours</translation>
    </message>
    <message>
        <source>Debts: {count}</source>
        <translation>Dettes : {count}</translation>
    </message>
    <message>
        <source>{count} without an amount</source>
        <translation>{count} sans montant</translation>
    </message>
    <message>
        <source>from {amount}</source>
        <translation>dès {amount}</translation>
    </message>
    <message>
        <source>no answered call</source>
        <translation>aucun appel abouti</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>Contacts</translation>
    </message>
    <message>
        <source>Followups that were executed (call date) in the period, of every type.</source>
        <translation>Relances effectuées (date d’appel) sur la période, tous types.</translation>
    </message>
    <message>
        <source>Attempted</source>
        <translation>Essais</translation>
    </message>
    <message>
        <source>Calls and manual calls that the team made: executed, not inbound, not cancelled.</source>
        <translation>Appels et appels manuels de l’équipe : effectués, ni entrants, ni annulés.</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>Contacts aboutis</translation>
    </message>
    <message>
        <source>Deals</source>
        <translation>Accords</translation>
    </message>
    <message>
        <source>Attempts with a deal, of those that were reached.</source>
        <translation>Tentatives avec accord, parmi les contacts aboutis.</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Sans réponse</translation>
    </message>
    <message>
        <source>Attempts that nobody answered, of all attempts.</source>
        <translation>Tentatives restées sans réponse, sur toutes les tentatives.</translation>
    </message>
    <message>
        <source>Talk time</source>
        <translation>Durée</translation>
    </message>
    <message>
        <source>The median length of answered attempts: half of them took no longer.</source>
        <translation>La durée médiane des tentatives abouties&#xa0;: la moitié n’a pas duré plus.</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>Échecs</translation>
    </message>
    <message>
        <source>Contacts of every type with the status failed; their reasons are below.</source>
        <translation>Contacts de tous types au statut échec ; leurs motifs sont plus bas.</translation>
    </message>
    <message>
        <source>median {median}, oldest {oldest}</source>
        <translation>médiane {median}, plus ancien {oldest}</translation>
    </message>
    <message>
        <source>90 % under {time}</source>
        <translation>90&#xa0;% en moins de {time}</translation>
    </message>
    <message>
        <source>Attempts that somebody answered (deal found, no deal, bad behaviour), of all attempts.</source>
        <translation>Tentatives auxquelles quelqu’un a répondu (accord, pas d’accord, incident), sur toutes les tentatives.</translation>
    </message>
    <message>
        <source>Under deals</source>
        <translation>Sous accord</translation>
    </message>
    <message>
        <source>What is owed on the debts of which a call of the period ended in a deal; each debt counts once.</source>
        <translation>Ce qui est dû sur les dettes dont un appel de la période a abouti à un accord ; chaque dette compte une fois.</translation>
    </message>
    <message>
        <source>Bad behaviour</source>
        <translation>Incident</translation>
    </message>
    <message>
        <source>Contacts with the status bad behavior.</source>
        <translation>Contacts au statut incident.</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Rappels</translation>
    </message>
    <message>
        <source>Contacts marked as a retry; what came of them is in the table.</source>
        <translation>Contacts marqués comme nouvel essai ; leur suite est dans le tableau.</translation>
    </message>
    <message>
        <source>Overdue now</source>
        <translation>En retard</translation>
    </message>
    <message>
        <source>Scheduled followups whose time has gone, as of now, whatever the period.</source>
        <translation>Relances prévues dont l’heure est passée, à cet instant, quelle que soit la période.</translation>
    </message>
    <message>
        <source>Payments triggered</source>
        <translation>Paiements</translation>
    </message>
    <message>
        <source>Contacts of which the server says that they triggered a payment.</source>
        <translation>Contacts dont le serveur dit qu’ils ont déclenché un paiement.</translation>
    </message>
    <message>
        <source>Deals with a payment</source>
        <translation>Accords avec paiement</translation>
    </message>
    <message>
        <source>What was owed on the debts of which a deal triggered a payment; how much of it was paid is not known here.</source>
        <translation>Ce qui était dû sur les dettes dont un accord a déclenché un paiement ; le montant payé n’est pas connu ici.</translation>
    </message>
    <message>
        <source>Promises to pay</source>
        <translation>Promesses de paiement</translation>
    </message>
    <message>
        <source>Contacts of the period in which a debtor promised to pay: an amount by a day.</source>
        <translation>Contacts de la période où un débiteur a promis de payer&#xa0;: un montant pour un jour donné.</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>Promis</translation>
    </message>
    <message>
        <source>The sum of the promises to pay that debtors made in the period.</source>
        <translation>La somme des promesses de paiement faites par les débiteurs sur la période.</translation>
    </message>
    <message>
        <source>Promises kept</source>
        <translation>Promesses tenues</translation>
    </message>
    <message>
        <source>Promises after which a payment was seen, of those that were kept or whose day has passed.</source>
        <translation>Promesses suivies d&apos;un paiement, parmi celles tenues ou dont la date est passée.</translation>
    </message>
    <message>
        <source>Promises broken</source>
        <translation>Promesses non tenues</translation>
    </message>
    <message>
        <source>Promises whose day has passed without a payment, of those that were kept or whose day has passed.</source>
        <translation>Promesses dont la date est passée sans paiement, parmi celles tenues ou dont la date est passée.</translation>
    </message>
    <message>
        <source>E-mails opened</source>
        <translation>Courriels ouverts</translation>
    </message>
    <message>
        <source>E-mails of the period that were opened, of those sent.</source>
        <translation>Courriels de la période ouverts, sur ceux envoyés.</translation>
    </message>
    <message>
        <source>Links clicked</source>
        <translation>Liens cliqués</translation>
    </message>
    <message>
        <source>E-mails of the period whose link was clicked, of those sent.</source>
        <translation>Courriels de la période dont le lien a été cliqué, sur ceux envoyés.</translation>
    </message>
</context>
<context>
    <name>ReportPanel</name>
    <message>
        <source>Loading the period</source>
        <translation>Chargement de la période</translation>
    </message>
    <message>
        <source>Stop loading</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>E&amp;xporter</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>‹ &amp;Back to the list (Esc)</source>
        <translation>‹ Retour à la &amp;liste (Échap)</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Au</translation>
    </message>
    <message>
        <source>Provider&apos;s &amp;reports…</source>
        <translation>Rapports du pre&amp;stataire…</translation>
    </message>
    <message>
        <source>Followups as &amp;CSV…</source>
        <translation>Relances en &amp;CSV…</translation>
    </message>
    <message>
        <source>Followups as CSV for &amp;Excel…</source>
        <translation>Relances en CSV pour &amp;Excel…</translation>
    </message>
    <message>
        <source>Followups as &amp;XLSX…</source>
        <translation>Relances en &amp;XLSX…</translation>
    </message>
    <message>
        <source>This picture as &amp;PNG…</source>
        <translation>Ce graphique en &amp;PNG…</translation>
    </message>
    <message>
        <source>This picture as &amp;SVG…</source>
        <translation>Ce graphique en &amp;SVG…</translation>
    </message>
    <message>
        <source>&amp;Reviews to a file…</source>
        <translation>&amp;Évaluations vers un fichier…</translation>
    </message>
    <message>
        <source>Reviews &amp;from a file…</source>
        <translation>Évaluations &amp;depuis un fichier…</translation>
    </message>
    <message>
        <source>&amp;Period</source>
        <translation>&amp;Période</translation>
    </message>
    <message>
        <source>{period}: loading {done} of {total}…</source>
        <translation>{period} : {done} sur {total} chargées…</translation>
    </message>
    <message>
        <source>{period}: not everything could be read from the server.</source>
        <translation>{period} : tout n’a pas pu être lu sur le serveur.</translation>
    </message>
    <message>
        <source>{period}: counting…</source>
        <translation>{period} : calcul…</translation>
    </message>
</context>
<context>
    <name>ReviewBar</name>
    <message>
        <source>Comment</source>
        <translation>Commentaire</translation>
    </message>
    <message>
        <source>Mark as reviewed (Ctrl+M)</source>
        <translation>Marquer comme évaluée (Ctrl+M)</translation>
    </message>
</context>
<context>
    <name>ReviewCard</name>
    <message>
        <source>Needs review</source>
        <translation>À examiner</translation>
    </message>
    <message>
        <source>Five &amp;calls of today</source>
        <translation>&amp;Cinq appels du jour</translation>
    </message>
    <message>
        <source>Chance draws them; they open one after the other.</source>
        <translation>Tirés au sort ; ils s’ouvrent l’un après l’autre.</translation>
    </message>
    <message>
        <source>At random; {done} of {drawn} reviewed.</source>
        <translation>Au hasard ; {done} sur {drawn} évalués.</translation>
    </message>
    <message>
        <source>At random.</source>
        <translation>Au hasard.</translation>
    </message>
</context>
<context>
    <name>RowMenus</name>
    <message>
        <source>Copy</source>
        <translation>Copier</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>Call the debtor</source>
        <translation>Appeler le débiteur</translation>
    </message>
    <message>
        <source>Copy the number</source>
        <translation>Copier le numéro</translation>
    </message>
    <message>
        <source>Copy the row</source>
        <translation>Copier la ligne</translation>
    </message>
</context>
<context>
    <name>Rule</name>
    <message>
        <source>United States: Regulation F</source>
        <translation>États-Unis : Regulation F</translation>
    </message>
    <message>
        <source>The limits are presumptions of the regulation; states and cities may ask for more.</source>
        <translation>Ces limites sont des présomptions du règlement ; des États et des villes peuvent en demander plus.</translation>
    </message>
    <message>
        <source>France: canvassing by telephone</source>
        <translation>France : démarchage téléphonique</translation>
    </message>
    <message>
        <source>Written for canvassing, which law 2025-594 made opt-in from 11 August 2026. Whether it binds a collector of debts is for your company to decide.</source>
        <translation>Écrite pour le démarchage, que la loi 2025-594 soumet à consentement depuis le 11 août 2026. C’est à votre entreprise de décider si elle lie le recouvrement de créances.</translation>
    </message>
    <message>
        <source>United Kingdom: CONC 7.9</source>
        <translation>Royaume-Uni : CONC 7.9</translation>
    </message>
    <message>
        <source>The rule names no hours: the ones here are empty, which means any, until your company fills in its own.</source>
        <translation>La règle ne nomme pas d’heures : celles d’ici sont vides, donc toutes permises, jusqu’à ce que votre entreprise fixe les siennes.</translation>
    </message>
</context>
<context>
    <name>RulesPage</name>
    <message>
        <source>A rule that is on warns beside the field when a call is planned or made against it; you can go on with a reason, which is written into the notes. Which rules bind your company is for it to decide.</source>
        <translation>Une règle activée avertit à côté du champ quand un appel est prévu ou passé contre elle&#xa0;; vous pouvez continuer en indiquant un motif, ajouté aux notes. C’est à votre entreprise de décider quelles règles l’engagent.</translation>
    </message>
    <message>
        <source>What a status means</source>
        <translation>Ce que signifie un statut</translation>
    </message>
    <message>
        <source>There was a conversation</source>
        <translation>Il y a eu conversation</translation>
    </message>
    <message>
        <source>Debtor refused</source>
        <translation>Refus du débiteur</translation>
    </message>
</context>
<context>
    <name>SavedLine</name>
    <message>
        <source>Undo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Take the last save back (Ctrl+Z outside a text)</source>
        <translation>Revenir sur la dernière sauvegarde (Ctrl+Z hors d’un texte)</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>Still to be filled in: {blanks}. Tab goes from one to the next.</source>
        <translation>À compléter&#xa0;: {blanks}. La touche Tab passe de l’un à l’autre.</translation>
    </message>
    <message>
        <source>Save as it &amp;is</source>
        <translation>Enregistrer &amp;tel quel</translation>
    </message>
</context>
<context>
    <name>Score</name>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>Partly</source>
        <translation>En partie</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
</context>
<context>
    <name>ScreenPops</name>
    <message>
        <source>Another program asked to open something, but not what: no followup and no telephone number could be read.</source>
        <translation>Un autre programme a demandé une ouverture sans dire de quoi : ni relance ni numéro de téléphone n&apos;ont pu être lus.</translation>
    </message>
    <message>
        <source>The pop-up from the phone system is off (Settings › Calls).</source>
        <translation>L’ouverture par la téléphonie est désactivée (Réglages › Appels).</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>SelectionLine</name>
    <message>
        <source>Reschedule…</source>
        <translation>Reporter…</translation>
    </message>
    <message>
        <source>Cancel them…</source>
        <translation>Annuler ces relances…</translation>
    </message>
    <message>
        <source>Set type</source>
        <translation>Changer le type</translation>
    </message>
    <message>
        <source>Clear (Esc)</source>
        <translation>Désélectionner (Échap)</translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n sélectionnée</numerusform>
            <numerusform>%n sélectionnées</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>Calling hours</source>
        <translation>Heures d’appel</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Général</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Langue</translation>
    </message>
    <message>
        <source>The language of the window; it changes at the next start.</source>
        <translation>La langue de la fenêtre ; elle change au prochain démarrage.</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Thème</translation>
    </message>
    <message>
        <source>Light or dark colours.</source>
        <translation>Couleurs claires ou sombres.</translation>
    </message>
    <message>
        <source>Text &amp;size</source>
        <translation>Taille du te&amp;xte</translation>
    </message>
    <message>
        <source>Your &amp;name</source>
        <translation>Votre &amp;nom</translation>
    </message>
    <message>
        <source>never</source>
        <translation>jamais</translation>
    </message>
    <message>
        <source>Loc&amp;k after</source>
        <translation>&amp;Verrouiller après</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Appels</translation>
    </message>
    <message>
        <source>Next &amp;call</source>
        <translation>Prochain &amp;appel</translation>
    </message>
    <message>
        <source>When “No answer” plans the next call, as you would type it: tomorrow 9, +2h, mon 10:30.</source>
        <translation>Quand « Sans réponse » prévoit le prochain appel, comme vous le saisiriez : demain 9h, +2h, lun 10h30.</translation>
    </message>
    <message>
        <source>Manual call: a person rings</source>
        <translation>Appel manuel : une personne appelle</translation>
    </message>
    <message>
        <source>System default</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Text size: + points. Ctrl and + or − do the same.</source>
        <translation>Taille du texte&#xa0;: + points. Ctrl et + ou − font de même.</translation>
    </message>
    <message>
        <source>Goes into templates in the place of {agent}, and stands below your reviews; choose it from the company&apos;s people where the server tells them.</source>
        <translation>Remplace {agent} dans les modèles et signe vos évaluations&#xa0;; à choisir parmi les personnes de l&apos;entreprise si le serveur les indique.</translation>
    </message>
    <message>
        <source>Lock the window after this long without activity.</source>
        <translation>Verrouiller la fenêtre après cette durée sans activité.</translation>
    </message>
    <message>
        <source>&amp;Done is kept</source>
        <translation>Garder les &amp;terminés</translation>
    </message>
    <message>
        <source>Followups that are done leave this computer so long after; the server keeps them.</source>
        <translation>Les relances terminées quittent cet ordinateur après ce délai&#x202f;; le serveur les conserve.</translation>
    </message>
    <message>
        <source> days</source>
        <translation>&#xa0;jours</translation>
    </message>
    <message>
        <source>for ever</source>
        <translation>toujours</translation>
    </message>
    <message>
        <source>&amp;Goal a day</source>
        <translation>Ob&amp;jectif par jour</translation>
    </message>
    <message>
        <source>How many calls you aim at; “My day” (Ctrl+J) shows how far you are.</source>
        <translation>Le nombre d’appels que vous visez&#xa0;; «&#xa0;Ma journée&#xa0;» (Ctrl+J) montre où vous en êtes.</translation>
    </message>
    <message>
        <source> calls</source>
        <translation> appels</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucun</translation>
    </message>
    <message>
        <source>tomorrow 9</source>
        <translation>demain 9h</translation>
    </message>
    <message>
        <source>Call: the provider may ring</source>
        <translation>Appel : le prestataire peut appeler</translation>
    </message>
    <message>
        <source>The same as the call before</source>
        <translation>Comme l’appel précédent</translation>
    </message>
    <message>
        <source>&amp;Planned as</source>
        <translation>&amp;Planifié comme</translation>
    </message>
    <message>
        <source>What a next or new call is filed as. The provider rings followups of type call by itself.</source>
        <translation>Sous quelle forme un appel suivant ou nouveau est créé. Le prestataire lance lui-même les relances de type appel.</translation>
    </message>
    <message>
        <source>Pro&amp;mise to pay</source>
        <translation>Pro&amp;messe de paiement</translation>
    </message>
    <message>
        <source>How the team writes one into summary and notes, with {amount}, {day} and {instalments}.</source>
        <translation>Comment l&apos;équipe l&apos;écrit dans le résumé et les notes, avec {amount}, {day} et {instalments}.</translation>
    </message>
    <message>
        <source>Promises {amount} by {day}</source>
        <translation>Promet {amount} pour le {day}</translation>
    </message>
    <message>
        <source>Telephone c&amp;ountry</source>
        <translation>Pays des numér&amp;os</translation>
    </message>
    <message>
        <source>Two letters, as in FR: where numbers without a country belong if the debt names none.</source>
        <translation>Deux lettres, comme FR : le pays des numéros sans indicatif lorsque la dette n’en indique pas.</translation>
    </message>
    <message>
        <source>My p&amp;art of the list</source>
        <translation>M&amp;a part de la liste</translation>
    </message>
    <message>
        <source>Where several desks share a list: 3 of 20 shows you a twentieth of the calls, nobody else&apos;s. Empty: all of them.</source>
        <translation>Quand plusieurs postes se partagent une liste : « 3 of 20 » vous montre un vingtième des appels, à vous seul. Vide : tous les appels.</translation>
    </message>
    <message>
        <source>Call on &amp;weekends</source>
        <translation>Appeler le &amp;week-end</translation>
    </message>
    <message>
        <source>Open followups on &amp;incoming calls</source>
        <translation>Ouvrir la fiche à chaque appel entra&amp;nt</translation>
    </message>
    <message>
        <source>The scorecard is too long ({most} characters at most).</source>
        <translation>La grille d’évaluation est trop longue ({most} caractères au plus).</translation>
    </message>
    <message>
        <source>Otherwise a planned call that falls on a weekend moves to Monday.</source>
        <translation>Sinon, un appel prévu qui tombe un week-end passe au lundi.</translation>
    </message>
    <message>
        <source>&amp;Remind me of calls</source>
        <translation>Me &amp;rappeler les appels</translation>
    </message>
    <message>
        <source>A call that becomes due is shown once, in the window and by the system.</source>
        <translation>Un appel qui arrive à échéance est signalé une fois, dans la fenêtre et par le système.</translation>
    </message>
    <message>
        <source>My part is not a part of a whole. Try 3 of 20.</source>
        <translation>Ma part n&apos;est pas une part d&apos;un tout. Essayez 3 of 20.</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>S&amp;nooze</source>
        <translation>Report d&amp;e</translation>
    </message>
    <message>
        <source>How long Snooze puts a reminder off.</source>
        <translation>Durée du report d’un rappel.</translation>
    </message>
    <message>
        <source>Name the &amp;debtor in notifications</source>
        <translation>Nommer le &amp;débiteur dans les notifications</translation>
    </message>
    <message>
        <source>Others may see your screen: third parties must not learn of a debt.</source>
        <translation>D’autres peuvent voir votre écran : les tiers ne doivent rien savoir d’une dette.</translation>
    </message>
    <message>
        <source>A telephone program may open a followup and fill in the call&apos;s facts; nothing is saved without you.</source>
        <translation>Un programme de téléphonie peut ouvrir une relance et remplir les données de l’appel ; rien n’est enregistré sans vous.</translation>
    </message>
    <message>
        <source>Reviews</source>
        <translation>Évaluations</translation>
    </message>
    <message>
        <source>S&amp;corecard</source>
        <translation>&amp;Grille d’évaluation</translation>
    </message>
    <message>
        <source>What supervisors ask of a followup that they review, one question a line.</source>
        <translation>Ce que les superviseurs demandent d’une relance évaluée, une question par ligne.</translation>
    </message>
    <message>
        <source>Your administrator has set this.</source>
        <translation>Votre administrateur l’a fixé.</translation>
    </message>
    <message>
        <source>The next call is not a time. Try tomorrow 9, +2h or mon 10:30.</source>
        <translation>Le prochain appel n’est pas une heure. Essayez demain 9h, +2h ou lun 10h30.</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>Sign in with the &amp;browser</source>
        <translation>Se connecter avec le &amp;navigateur</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Annuler</translation>
    </message>
    <message>
        <source>Back to the &amp;list</source>
        <translation>Retour à la &amp;liste</translation>
    </message>
    <message>
        <source>Only if your administrator gave you one</source>
        <translation>Seulement si votre administrateur vous en a donné un</translation>
    </message>
    <message>
        <source>Sign in to your server</source>
        <translation>Connexion à votre serveur</translation>
    </message>
    <message>
        <source>&amp;Try it in practice mode</source>
        <translation>&amp;Essayer en mode démo</translation>
    </message>
    <message>
        <source>Sign in using your browser; Followup Desk never sees your password. Your administrator knows the server&apos;s address and the client ID.</source>
        <translation>Connectez-vous dans votre navigateur&#xa0;; Followup Desk ne voit jamais votre mot de passe. Votre administrateur connaît l’adresse du serveur et l’identifiant du client.</translation>
    </message>
    <message>
        <source>&amp;Server address</source>
        <translation>Adresse du &amp;serveur</translation>
    </message>
    <message>
        <source>Client &amp;ID</source>
        <translation>&amp;Identifiant du client</translation>
    </message>
    <message>
        <source>&amp;More…</source>
        <translation>&amp;Plus…</translation>
    </message>
    <message>
        <source>Client s&amp;ecret</source>
        <translation>Secret &amp;du client</translation>
    </message>
</context>
<context>
    <name>SignIns</name>
    <message>
        <source>Somebody who worked here before</source>
        <translation>Une personne qui travaillait ici auparavant</translation>
    </message>
    <message>
        <source>{name} has drafts on this computer that only they can see.</source>
        <translation>{name} a sur cet ordinateur des brouillons que personne d’autre ne peut voir.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) of {name} wait on this computer, to be sent when they sign in here.</source>
        <translation>
            <numerusform>%n modification de {name} attend sur cet ordinateur et sera envoyée à sa prochaine connexion ici.</numerusform>
            <numerusform>%n modifications de {name} attendent sur cet ordinateur et seront envoyées à sa prochaine connexion ici.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignOutDialog</name>
    <message>
        <source>Sign out</source>
        <translation>Se déconnecter</translation>
    </message>
    <message>
        <source>Until you sign in again, nothing is shown of what is kept on this computer.</source>
        <translation>Rien de ce qui est conservé sur cet ordinateur ne sera affiché avant votre prochaine connexion.</translation>
    </message>
    <message>
        <source>&amp;Remove my local data from this computer</source>
        <translation>&amp;Supprimer mes données locales de cet ordinateur</translation>
    </message>
    <message>
        <source>Reviews and pinned words are on this computer alone: they go with it.</source>
        <translation>Les évaluations et les notes épinglées n’existent que sur cet ordinateur&#xa0;: elles seront supprimées avec.</translation>
    </message>
    <message>
        <source>&amp;Sign out</source>
        <translation>Se &amp;déconnecter</translation>
    </message>
</context>
<context>
    <name>SignOuts</name>
    <message>
        <source>Your local data was removed from this computer.</source>
        <translation>Vos données locales ont été supprimées de cet ordinateur.</translation>
    </message>
    <message>
        <source>Not all of the local data could be removed. Please tell your administrator.</source>
        <translation>Toutes les données locales n’ont pas pu être supprimées. Prévenez votre administrateur.</translation>
    </message>
</context>
<context>
    <name>SliceBar</name>
    <message>
        <source>Back to the outcomes</source>
        <translation>Retour aux résultats</translation>
    </message>
    <message>
        <source>All followups</source>
        <translation>Toutes les relances</translation>
    </message>
</context>
<context>
    <name>Snippets</name>
    <message>
        <source>Templates</source>
        <translation>Modèles</translation>
    </message>
    <message numerus="yes">
        <source>%n template(s): arrow keys and Return</source>
        <translation>
            <numerusform>%n modèle : flèches et Entrée</numerusform>
            <numerusform>%n modèles : flèches et Entrée</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Span</name>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>Cette semaine</translation>
    </message>
    <message>
        <source>Last week</source>
        <translation>Semaine dernière</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>Ce mois</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>Mois dernier</translation>
    </message>
    <message>
        <source>Two dates</source>
        <translation>Deux dates</translation>
    </message>
</context>
<context>
    <name>StatusFollower</name>
    <message>
        <source>Stop &amp;getting older followups</source>
        <translation>Arrêter de récupérer les relances plus a&amp;nciennes</translation>
    </message>
    <message>
        <source>&amp;Get older followups</source>
        <translation>Récupérer les relances plus a&amp;nciennes</translation>
    </message>
    <message>
        <source>Loading followups…</source>
        <translation>Chargement des relances…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Show what is not sent (Ctrl+7)</source>
        <translation>Afficher ce qui n’est pas envoyé (Ctrl+7)</translation>
    </message>
    <message numerus="yes">
        <source>%n new review(s)</source>
        <translation>
            <numerusform>%n nouvelle évaluation</numerusform>
            <numerusform>%n nouvelles évaluations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SupervisorReport</name>
    <message>
        <source>Outcomes are for supervisors: your account lacks the permission reports:read. Your administrator can give it.</source>
        <translation>Les résultats sont pour les superviseurs : il manque à votre compte la permission reports:read. Votre administrateur peut la donner.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>No call of today is left to review.</source>
        <translation>Aucun appel du jour ne reste à évaluer.</translation>
    </message>
    <message>
        <source>Calls of today, drawn at random</source>
        <translation>Appels du jour, tirés au sort</translation>
    </message>
    <message>
        <source>All of the draw are reviewed.</source>
        <translation>Tous les appels tirés sont évalués.</translation>
    </message>
    <message>
        <source>Reviewed by {who} on {moment}.</source>
        <translation>Évaluée par {who} le {moment}.</translation>
    </message>
    <message>
        <source>Marked as reviewed.</source>
        <translation>Marquée comme évaluée.</translation>
    </message>
    <message>
        <source>Reviews from a file</source>
        <translation>Évaluations depuis un fichier</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>The followups of the period, a row each.</source>
        <translation>Les relances de la période, une par ligne.</translation>
    </message>
    <message>
        <source>With personal data (debtor, telephone, summary, notes)</source>
        <translation>Avec les données personnelles (débiteur, téléphone, résumé, notes)</translation>
    </message>
    <message>
        <source>The file cannot be written: {why}</source>
        <translation>Le fichier ne peut pas être écrit&#xa0;: {why}</translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>Enregistré sous {file}.</translation>
    </message>
    <message numerus="yes">
        <source>%n review(s) imported.</source>
        <translation>
            <numerusform>%n évaluation importée.</numerusform>
            <numerusform>%n évaluations importées.</numerusform>
        </translation>
    </message>
    <message>
        <source>Writing {file}…</source>
        <translation>Écriture de {file}…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>The file cannot be read: {why}</source>
        <translation>Le fichier ne peut pas être lu : {why}</translation>
    </message>
    <message>
        <source>{file} holds no reviews.</source>
        <translation>{file} ne contient pas d’évaluations.</translation>
    </message>
</context>
<context>
    <name>SupportRequest</name>
    <message>
        <source>Looking at this computer for the support bundle…</source>
        <translation>Examen de cet ordinateur pour le dossier d’assistance…</translation>
    </message>
    <message>
        <source>Create support bundle</source>
        <translation>Créer un dossier d’assistance</translation>
    </message>
    <message>
        <source>Support bundle saved: {file} (contains no debtor data).</source>
        <translation>Dossier d’assistance enregistré&#xa0;: {file} (sans donnée de débiteur).</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Montrer le dossier</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>SyncStatus</name>
    <message>
        <source>Sending has stopped</source>
        <translation>L&apos;envoi est interrompu</translation>
    </message>
    <message>
        <source>Refreshing has stopped</source>
        <translation>L&apos;actualisation est interrompue</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>En ligne</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Hors ligne</translation>
    </message>
    <message>
        <source>Not trusted</source>
        <translation>Certificat refusé</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Déconnecté</translation>
    </message>
    <message>
        <source>No permission</source>
        <translation>Pas autorisé</translation>
    </message>
    <message>
        <source>Waiting for the next hour</source>
        <translation>En attente de l’heure suivante</translation>
    </message>
    <message>
        <source>The server has a problem</source>
        <translation>Problème du serveur</translation>
    </message>
    <message>
        <source>Sign in to see your followups.</source>
        <translation>Connectez-vous pour voir vos relances.</translation>
    </message>
    <message>
        <source>The disk is full or cannot be written, so nothing is sent or read. Free some space; trying again at {time}.</source>
        <translation>Le disque est plein ou n&apos;est pas accessible en écriture : rien n&apos;est envoyé ni lu. Libérez de l&apos;espace ; nouvel essai à {time}.</translation>
    </message>
    <message>
        <source>Sending has stopped: something went wrong in the program. What you save is kept; trying again at {time}.</source>
        <translation>L&apos;envoi est interrompu : une erreur s&apos;est produite dans le programme. Ce que vous enregistrez est conservé ; nouvel essai à {time}.</translation>
    </message>
    <message>
        <source>The list is not refreshed: something went wrong in the program. What you save is still sent; trying again at {time}.</source>
        <translation>La liste n&apos;est plus actualisée : une erreur s&apos;est produite dans le programme. Ce que vous enregistrez part toujours ; nouvel essai à {time}.</translation>
    </message>
    <message>
        <source>Loading {done} of {total}…</source>
        <translation>Chargement {done} sur {total}…</translation>
    </message>
    <message>
        <source>Refreshing…</source>
        <translation>Actualisation…</translation>
    </message>
    <message>
        <source>Refreshed at {time}</source>
        <translation>Actualisé à {time}</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) could not be read</source>
        <translation>
            <numerusform>%n ligne illisible</numerusform>
            <numerusform>%n lignes illisibles</numerusform>
        </translation>
    </message>
    <message>
        <source>Not all of today&apos;s followups are here yet: what is due is. Reading goes on at {time}, your colleagues need the rest of this hour.</source>
        <translation>Toutes les relances du jour ne sont pas encore là&#xa0;: ce qui est à faire maintenant l’est. La lecture reprendra à {time}, vos collègues ont besoin du reste de cette heure.</translation>
    </message>
    <message>
        <source>Getting older followups goes on at {time}: your colleagues need the rest of this hour.</source>
        <translation>La récupération des relances plus anciennes reprendra à {time}&#xa0;: vos collègues ont besoin du reste de cette heure.</translation>
    </message>
    <message>
        <source>Today&apos;s followups are being read…</source>
        <translation>Lecture des relances du jour…</translation>
    </message>
    <message>
        <source>Getting older followups: {here} of {total} are here</source>
        <translation>Récupération des relances plus anciennes&#xa0;: {here} sur {total} sont là</translation>
    </message>
    <message numerus="yes">
        <source>%n older followup(s) are not on this computer yet</source>
        <translation>
            <numerusform>%n relance plus ancienne n’est pas encore sur cet ordinateur</numerusform>
            <numerusform>%n relances plus anciennes ne sont pas encore sur cet ordinateur</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You are signed out. %n change(s) that the server does not have yet: kept for this account, encrypted, to leave when you sign in again.</source>
        <translation>
            <numerusform>Vous êtes déconnecté. %n modification que le serveur n’a pas encore est conservée pour ce compte, chiffrée, et partira à la prochaine connexion.</numerusform>
            <numerusform>Vous êtes déconnecté. %n modifications que le serveur n’a pas encore sont conservées pour ce compte, chiffrées, et partiront à la prochaine connexion.</numerusform>
        </translation>
    </message>
    <message>
        <source>Something that you typed or saved here is not sent yet. It is kept, and your local data with it.</source>
        <translation>Une partie de ce que vous avez saisi ou enregistré ici n’est pas encore envoyée. Elle est conservée, et vos données locales avec elle.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) to send</source>
        <translation>
            <numerusform>%n modification à envoyer</numerusform>
            <numerusform>%n modifications à envoyer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) attention</source>
        <translation>
            <numerusform>%n à revoir</numerusform>
            <numerusform>%n à revoir</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Team</name>
    <message>
        <source>Team: connecting…</source>
        <translation>Équipe : connexion…</translation>
    </message>
    <message>
        <source>Team: nobody else here</source>
        <translation>Équipe : personne d’autre ici</translation>
    </message>
    <message>
        <source>Team not reachable: working alone</source>
        <translation>Équipe injoignable : vous travaillez seul</translation>
    </message>
    <message>
        <source>Team: not let in, working alone</source>
        <translation>Équipe : accès refusé, vous travaillez seul</translation>
    </message>
    <message>
        <source>Team not trusted: working alone</source>
        <translation>Équipe non vérifiée : vous travaillez seul</translation>
    </message>
    <message>
        <source>Team not set up yet: working alone</source>
        <translation>Équipe pas encore créée : vous travaillez seul</translation>
    </message>
    <message>
        <source>Team: sign-in file not usable, working alone</source>
        <translation>Équipe : fichier d’accès inutilisable, vous travaillez seul</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>Connected.</source>
        <translation>Connecté.</translation>
    </message>
    <message>
        <source>Your team&apos;s server does not answer. You work as you do alone; it is tried again by itself.</source>
        <translation>Le serveur de votre équipe ne répond pas. Vous travaillez comme sans équipe ; la connexion est retentée automatiquement.</translation>
    </message>
    <message>
        <source>Your team&apos;s server does not let you in (any more). You work as you do alone; your administrator can help.</source>
        <translation>Le serveur de votre équipe vous refuse l’accès. Vous travaillez comme sans équipe ; votre administrateur peut vous aider.</translation>
    </message>
    <message>
        <source>Your team&apos;s server cannot prove that it is the right one, so nothing is sent there. Your administrator can help.</source>
        <translation>Le serveur de votre équipe ne peut pas prouver que c’est le bon ; rien ne lui est donc envoyé. Votre administrateur peut vous aider.</translation>
    </message>
    <message>
        <source>Your team&apos;s server has no place for the team yet. A supervisor or the relay makes it when they connect.</source>
        <translation>Le serveur n’a pas encore de place pour l’équipe. Un superviseur ou le relais la crée en se connectant.</translation>
    </message>
    <message>
        <source>The file that says who you are in the team cannot be used. You work as you do alone; your administrator can give you another one.</source>
        <translation>Le fichier qui dit qui vous êtes dans l’équipe est inutilisable. Vous travaillez comme sans équipe ; votre administrateur peut vous en donner un autre.</translation>
    </message>
    <message>
        <source>{name} ({role})</source>
        <translation>{name} ({role})</translation>
    </message>
    <message>
        <source>Team: {who}.</source>
        <translation>Équipe : {who}.</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>agent</translation>
    </message>
    <message>
        <source>supervisor</source>
        <translation>superviseur</translation>
    </message>
    <message>
        <source>relay</source>
        <translation>relais</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Prêt</translation>
    </message>
    <message>
        <source>On a call</source>
        <translation>En appel</translation>
    </message>
    <message>
        <source>Wrapping up</source>
        <translation>En clôture d’appel</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>Absent</translation>
    </message>
    <message>
        <source>{name} has this debt since {time}</source>
        <translation>{name} a cette dette depuis {time}</translation>
    </message>
    <message>
        <source>with {name} · {time}</source>
        <translation>avec {name} · {time}</translation>
    </message>
</context>
<context>
    <name>TeamCard</name>
    <message>
        <source>Team</source>
        <translation>Équipe</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>Doing</source>
        <translation>Activité</translation>
    </message>
    <message>
        <source>With</source>
        <translation>Avec</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Non envoyés</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>Contacts</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>Joints</translation>
    </message>
    <message>
        <source>Deals</source>
        <translation>Accords</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>Clôture</translation>
    </message>
    <message numerus="yes">
        <source>%n call(s) due within the hour</source>
        <translation>
            <numerusform>%n appel prévu dans l’heure</numerusform>
            <numerusform>%n appels prévus dans l’heure</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n save(s) not sent</source>
        <translation>
            <numerusform>%n enregistrement non envoyé</numerusform>
            <numerusform>%n enregistrements non envoyés</numerusform>
        </translation>
    </message>
    <message>
        <source>The team is not reachable: this is how it was.</source>
        <translation>L’équipe n’est pas joignable : voici comment c’était.</translation>
    </message>
    <message>
        <source>Not here</source>
        <translation>Absent</translation>
    </message>
    <message>
        <source>{name} has wrapped up for a long time.</source>
        <translation>{name} est en clôture depuis longtemps.</translation>
    </message>
</context>
<context>
    <name>TeamLine</name>
    <message>
        <source>For the &amp;whole team</source>
        <translation>&amp;Pour toute l’équipe</translation>
    </message>
    <message>
        <source>Earlier versions…</source>
        <translation>Versions précédentes…</translation>
    </message>
</context>
<context>
    <name>TeamReviews</name>
    <message>
        <source>Reviews stay on this computer: the server has no place for them.</source>
        <translation>Les évaluations restent sur cet ordinateur : le serveur n’a pas de place pour elles.</translation>
    </message>
    <message>
        <source>The team does not know who made this call: the review stays on this computer.</source>
        <translation>L’équipe ne sait pas qui a passé cet appel : l’évaluation reste sur cet ordinateur.</translation>
    </message>
    <message>
        <source>Your own call: the review stays on this computer.</source>
        <translation>Votre propre appel : l’évaluation reste sur cet ordinateur.</translation>
    </message>
    <message>
        <source>It goes to {name} when the team is back.</source>
        <translation>Elle part pour {name} dès que l’équipe est de retour.</translation>
    </message>
    <message>
        <source>Sent to {name}, not read yet.</source>
        <translation>Envoyée à {name}, pas encore lue.</translation>
    </message>
    <message>
        <source>{name} read it: {moment}.</source>
        <translation>Lue par {name} : {moment}.</translation>
    </message>
    <message>
        <source>Answer: “{words}”</source>
        <translation>Réponse : « {words} »</translation>
    </message>
    <message>
        <source>Your review goes to the agent who made the call.</source>
        <translation>L’évaluation va à l’agent qui a passé l’appel.</translation>
    </message>
</context>
<context>
    <name>TeamStandards</name>
    <message>
        <source>Each has their own: {name}, {moment}.</source>
        <translation>Chacun a les siens : {name}, {moment}.</translation>
    </message>
    <message>
        <source>From the team: {name}, {moment}.</source>
        <translation>De l’équipe : {name}, {moment}.</translation>
    </message>
    <message>
        <source>What you decided leaves when the team is back.</source>
        <translation>Votre décision partira au retour de l’équipe.</translation>
    </message>
    <message>
        <source>{name} decided otherwise ({moment}) before yours arrived. OK puts yours in its place.</source>
        <translation>{name} en a décidé autrement ({moment}) avant que la vôtre n’arrive. OK met la vôtre à la place.</translation>
    </message>
    <message>
        <source>{name} changed the team&apos;s templates.</source>
        <translation>{name} a modifié les modèles de l’équipe.</translation>
    </message>
    <message>
        <source>{name} changed the team&apos;s calling rules.</source>
        <translation>{name} a modifié les règles d’appel de l’équipe.</translation>
    </message>
    <message>
        <source>{name} changed the team&apos;s scorecard.</source>
        <translation>{name} a modifié la grille d’évaluation de l’équipe.</translation>
    </message>
    <message>
        <source>{name} changed the team&apos;s goal a day.</source>
        <translation>{name} a modifié l’objectif par jour de l’équipe.</translation>
    </message>
    <message>
        <source>Yours is kept: see Settings.</source>
        <translation>Le vôtre est conservé : voir les paramètres.</translation>
    </message>
    <message>
        <source>each has their own</source>
        <translation>chacun a les siens</translation>
    </message>
    <message>
        <source>rules that are on: {count}</source>
        <translation>règles actives : {count}</translation>
    </message>
    <message>
        <source>questions: {count}</source>
        <translation>questions : {count}</translation>
    </message>
    <message>
        <source>calls a day: {count}</source>
        <translation>appels par jour : {count}</translation>
    </message>
    <message>
        <source>new: {names}</source>
        <translation>nouveaux : {names}</translation>
    </message>
    <message>
        <source>changed: {names}</source>
        <translation>modifiés : {names}</translation>
    </message>
    <message>
        <source>removed: {names}</source>
        <translation>retirés : {names}</translation>
    </message>
</context>
<context>
    <name>TeamStatus</name>
    <message numerus="yes">
        <source>Team: %n colleague(s) here</source>
        <translation>
            <numerusform>Équipe : %n collègue ici</numerusform>
            <numerusform>Équipe : %n collègues ici</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TemplatesPage</name>
    <message>
        <source>Templates</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>For the &amp;whole team</source>
        <translation>&amp;Pour toute l’équipe</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Ajouter</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Supprimer</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importer…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exporter…</translation>
    </message>
    <message>
        <source>A template is typed as /name in the summary or the notes. In its text these are filled in: {places}.</source>
        <translation>Un modèle se saisit /nom dans le résumé ou les notes. Dans son texte sont remplis : {places}.</translation>
    </message>
    <message>
        <source>Na&amp;me</source>
        <translation>N&amp;om</translation>
    </message>
    <message>
        <source>Te&amp;xt</source>
        <translation>Te&amp;xte</translation>
    </message>
    <message>
        <source>A template&apos;s name has letters, digits, dots and dashes only.</source>
        <translation>Le nom d’un modèle n’a que des lettres, des chiffres, des points et des tirets.</translation>
    </message>
    <message>
        <source>The template {name} has no text.</source>
        <translation>Le modèle {name} n’a pas de texte.</translation>
    </message>
    <message>
        <source>The template {name} is too long ({most} characters at most).</source>
        <translation>Le modèle {name} est trop long ({most} caractères au plus).</translation>
    </message>
    <message>
        <source>There are two templates called {name}.</source>
        <translation>Deux modèles s’appellent {name}.</translation>
    </message>
    <message>
        <source>There are too many templates ({most} at most).</source>
        <translation>Il y a trop de modèles ({most} au plus).</translation>
    </message>
    <message>
        <source>The templates for the whole team are too long together ({most} characters at most).</source>
        <translation>Les modèles de toute l’équipe sont trop longs ensemble ({most} caractères au plus).</translation>
    </message>
    <message numerus="yes">
        <source>%n template(s) imported.</source>
        <translation>
            <numerusform>%n modèle importé.</numerusform>
            <numerusform>%n modèles importés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved as {file}.</source>
        <translation>Enregistré sous {file}.</translation>
    </message>
    <message>
        <source>Import templates</source>
        <translation>Importer des modèles</translation>
    </message>
    <message>
        <source>Export templates</source>
        <translation>Exporter les modèles</translation>
    </message>
    <message>
        <source>(new)</source>
        <translation>(nouveau)</translation>
    </message>
    <message>
        <source>{name} (team)</source>
        <translation>{name} (équipe)</translation>
    </message>
</context>
<context>
    <name>TextEditor</name>
    <message>
        <source>This text is very long ({n} characters). Load all of it to edit</source>
        <translation>Ce texte est très long ({n} caractères). Tout charger pour le modifier</translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>Tools</source>
        <translation>Outils</translation>
    </message>
    <message>
        <source>Outcomes</source>
        <translation>Résultats</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Rechercher</translation>
    </message>
    <message>
        <source>Search (Ctrl+F): debtor, phone, summary, notes, ID</source>
        <translation>Rechercher (Ctrl+F) : débiteur, téléphone, résumé, notes, ID</translation>
    </message>
    <message>
        <source>Go to the search</source>
        <translation>Aller à la recherche</translation>
    </message>
    <message>
        <source>Stop lo&amp;ading</source>
        <translation>&amp;Arrêter le chargement</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Actualiser</translation>
    </message>
</context>
<context>
    <name>Troubles</name>
    <message>
        <source>There is room on the disk again: what you typed is kept, but not saved yet. Save again.</source>
        <translation>Il y a de nouveau de la place sur le disque : ce que vous avez tapé est conservé, mais pas encore enregistré. Enregistrez de nouveau.</translation>
    </message>
    <message>
        <source>You have read-only access (followups:write is missing).</source>
        <translation>Vous avez un accès en lecture seule (followups:write manque).</translation>
    </message>
    <message>
        <source>The server no longer has this followup. It leaves the list when you open another.</source>
        <translation>Le serveur n’a plus cette relance. Elle quittera la liste quand vous en ouvrirez une autre.</translation>
    </message>
    <message>
        <source>The server no longer has this followup. Your text is kept here.</source>
        <translation>Le serveur n’a plus cette relance. Votre texte est conservé ici.</translation>
    </message>
    <message>
        <source>File as a new followup</source>
        <translation>Créer une nouvelle relance</translation>
    </message>
    <message>
        <source>Copy my text</source>
        <translation>Copier mon texte</translation>
    </message>
    <message>
        <source>Go to the field</source>
        <translation>Aller au champ</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Copié.</translation>
    </message>
    <message>
        <source>Your account may not save this ({scope}). Your text is kept.</source>
        <translation>Votre compte ne permet pas cet enregistrement ({scope}). Votre texte est conservé.</translation>
    </message>
    <message>
        <source>This new followup may have been filed more than once. Look at the debt&apos;s others: discard this one if it is there, save it again if it is not.</source>
        <translation>Cette nouvelle relance a peut-être été créée plusieurs fois. Regardez les autres de la dette : abandonnez celle-ci si elle y est, enregistrez-la de nouveau sinon.</translation>
    </message>
    <message>
        <source>The server says: {message}</source>
        <translation>Le serveur indique&#xa0;: {message}</translation>
    </message>
    <message>
        <source>The server did not accept these values.</source>
        <translation>Le serveur n’a pas accepté ces valeurs.</translation>
    </message>
</context>
<context>
    <name>Value</name>
    <message>
        <source>None</source>
        <translation>Aucun</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>En suspens</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>Prévu</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>En cours</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Envoyé</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>Remis</translation>
    </message>
    <message>
        <source>Deal found</source>
        <translation>Accord</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Sans réponse</translation>
    </message>
    <message>
        <source>No deal</source>
        <translation>Pas d’accord</translation>
    </message>
    <message>
        <source>Bad behaviour</source>
        <translation>Incident</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Échec</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Annulé</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>Appel</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>SMS</source>
        <translation>SMS</translation>
    </message>
    <message>
        <source>WhatsApp</source>
        <translation>WhatsApp</translation>
    </message>
    <message>
        <source>Voicemail</source>
        <translation>Message vocal</translation>
    </message>
    <message>
        <source>Manual call</source>
        <translation>Appel manuel</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>Visite</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Courrier</translation>
    </message>
    <message>
        <source>Inbound</source>
        <translation>Entrant</translation>
    </message>
    <message>
        <source>Outbound</source>
        <translation>Sortant</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
</context>
<context>
    <name>View</name>
    <message>
        <source>To call now</source>
        <translation>À appeler</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>En retard</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Toutes</translation>
    </message>
    <message>
        <source>Waiting to send</source>
        <translation>À envoyer</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Non enregistrées</translation>
    </message>
</context>
<context>
    <name>ViewTabs</name>
    <message>
        <source>More</source>
        <translation>Autres</translation>
    </message>
    <message>
        <source>More views</source>
        <translation>Autres vues</translation>
    </message>
    <message>
        <source>Keep this as a view…</source>
        <translation>Garder comme vue…</translation>
    </message>
    <message>
        <source>Remove the view “{name}”</source>
        <translation>Supprimer la vue «&#xa0;{name}&#xa0;»</translation>
    </message>
</context>
<context>
    <name>WindowActions</name>
    <message>
        <source>&amp;Connect to a server…</source>
        <translation>Se &amp;connecter à un serveur…</translation>
    </message>
    <message>
        <source>Practice &amp;mode</source>
        <translation>&amp;Mode démo</translation>
    </message>
    <message>
        <source>Sign &amp;out</source>
        <translation>Se &amp;déconnecter</translation>
    </message>
    <message>
        <source>&amp;Lock the window</source>
        <translation>&amp;Verrouiller la fenêtre</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>&amp;Paramètres…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quitter</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Enregistrer</translation>
    </message>
    <message>
        <source>Save and go to the ne&amp;xt</source>
        <translation>Enre&amp;gistrer et passer à la suivante</translation>
    </message>
    <message>
        <source>&amp;Undo the last choice or save</source>
        <translation>Re&amp;venir sur le dernier choix ou la dernière sauvegarde</translation>
    </message>
    <message>
        <source>Re&amp;vert field</source>
        <translation>&amp;Rétablir le champ</translation>
    </message>
    <message>
        <source>&amp;Discard changes…</source>
        <translation>Abandonner les &amp;modifications…</translation>
    </message>
    <message>
        <source>Open the ca&amp;ller</source>
        <translation>&amp;Ouvrir l’appelant</translation>
    </message>
    <message>
        <source>D&amp;ismiss the call card</source>
        <translation>&amp;Ignorer l’appel</translation>
    </message>
    <message>
        <source>Ne&amp;w call for this debt</source>
        <translation>&amp;Nouvel appel pour cette dette</translation>
    </message>
    <message>
        <source>&amp;Call the debtor</source>
        <translation>Appeler le dé&amp;biteur</translation>
    </message>
    <message>
        <source>Cop&amp;y the number</source>
        <translation>&amp;Copier le numéro</translation>
    </message>
    <message>
        <source>About the deb&amp;t…</source>
        <translation>À propos de la &amp;dette…</translation>
    </message>
    <message>
        <source>Take &amp;over from a colleague</source>
        <translation>Reprendre à un collègue</translation>
    </message>
    <message>
        <source>&amp;History of the debt</source>
        <translation>&amp;Historique de la dette</translation>
    </message>
    <message>
        <source>Play or pause the recordin&amp;g</source>
        <translation>Écou&amp;ter ou suspendre l’enregistrement</translation>
    </message>
    <message>
        <source>Recording: 5 s bac&amp;k</source>
        <translation>Audio&#xa0;: rec&amp;uler de 5 s</translation>
    </message>
    <message>
        <source>Recording: 5 s &amp;ahead</source>
        <translation>Audio&#xa0;: &amp;avancer de 5 s</translation>
    </message>
    <message>
        <source>Recording: spe&amp;ed</source>
        <translation>Audio&#xa0;: vitesse</translation>
    </message>
    <message>
        <source>&amp;Previous</source>
        <translation>&amp;Précédente</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Suivante</translation>
    </message>
    <message>
        <source>&amp;Outcomes (supervisors)</source>
        <translation>&amp;Résultats (superviseurs)</translation>
    </message>
    <message>
        <source>Five &amp;calls of today, at random</source>
        <translation>&amp;Cinq appels du jour, au hasard</translation>
    </message>
    <message>
        <source>Review: next</source>
        <translation>Évaluation : suivante</translation>
    </message>
    <message>
        <source>Review: previous</source>
        <translation>Évaluation : précédente</translation>
    </message>
    <message>
        <source>Mark as re&amp;viewed</source>
        <translation>Marquer comme é&amp;valuée</translation>
    </message>
    <message>
        <source>M&amp;y day</source>
        <translation>Ma &amp;journée</translation>
    </message>
    <message>
        <source>R&amp;eviews of my calls</source>
        <translation>Éval&amp;uations de mes appels</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>Rec&amp;hercher</translation>
    </message>
    <message>
        <source>Go to the &amp;list</source>
        <translation>Aller à la &amp;liste</translation>
    </message>
    <message>
        <source>Go to the &amp;form</source>
        <translation>Aller au &amp;formulaire</translation>
    </message>
    <message>
        <source>Or&amp;der: best next, or by age</source>
        <translation>Or&amp;dre : le meilleur appel, ou par âge</translation>
    </message>
    <message>
        <source>O&amp;nly calls, or all types</source>
        <translation>Appel&amp;s seulement, ou tous les types</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Actualiser</translation>
    </message>
    <message>
        <source>&amp;Get older followups</source>
        <translation>Récupérer les relances plus a&amp;nciennes</translation>
    </message>
    <message>
        <source>Text b&amp;igger</source>
        <translation>Texte plus &amp;grand</translation>
    </message>
    <message>
        <source>Text s&amp;maller</source>
        <translation>Texte plus &amp;petit</translation>
    </message>
    <message>
        <source>Reset te&amp;xt size</source>
        <translation>Taille de te&amp;xte par défaut</translation>
    </message>
    <message>
        <source>Search &amp;commands and debtors…</source>
        <translation>Rechercher &amp;commandes et débiteurs…</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Raccourcis clavier</translation>
    </message>
    <message>
        <source>Crea&amp;te support bundle…</source>
        <translation>Créer un dossier d’assis&amp;tance…</translation>
    </message>
    <message>
        <source>&amp;About Followup Desk</source>
        <translation>À &amp;propos de Followup Desk</translation>
    </message>
    <message>
        <source>&amp;System default</source>
        <translation>Comme le &amp;système</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Clair</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>S&amp;ombre</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Fichier</translation>
    </message>
    <message>
        <source>F&amp;ollowup</source>
        <translation>&amp;Relance</translation>
    </message>
    <message>
        <source>Outco&amp;me</source>
        <translation>Résu&amp;ltat</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>Afficha&amp;ge</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Thème</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Aide</translation>
    </message>
</context>
<context>
    <name>_RuleBox</name>
    <message>
        <source>{source}; checked {day}.</source>
        <translation>{source} ; vérifié le {day}.</translation>
    </message>
    <message>
        <source>of the debt</source>
        <translation>par dette</translation>
    </message>
    <message>
        <source>of the person</source>
        <translation>de la personne</translation>
    </message>
    <message>
        <source>Not on public holidays</source>
        <translation>Pas les jours fériés</translation>
    </message>
    <message>
        <source>Max. calls (0 = no limit)</source>
        <translation>Nombre max. d’appels (0 = sans limite)</translation>
    </message>
    <message>
        <source>per … days</source>
        <translation>sur … jours</translation>
    </message>
    <message>
        <source>Calls are counted</source>
        <translation>Les appels comptés sont ceux</translation>
    </message>
    <message>
        <source>Days of rest after a conversation</source>
        <translation>Jours de répit après une conversation</translation>
    </message>
    <message>
        <source>Days of rest after a refusal</source>
        <translation>Jours de répit après un refus</translation>
    </message>
    <message>
        <source>Hide hours and limits</source>
        <translation>Masquer horaires et limites</translation>
    </message>
    <message>
        <source>Hours and limits…</source>
        <translation>Horaires et limites…</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>fermé</translation>
    </message>
    <message>
        <source>any</source>
        <translation>toutes</translation>
    </message>
    <message>
        <source>{rule}, {day}: hours are written like 10:00-13:00, 14:00-20:00.</source>
        <translation>{rule}, {day} : les heures s’écrivent 10:00-13:00, 14:00-20:00.</translation>
    </message>
</context>
</TS>
