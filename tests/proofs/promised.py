"""Every promise that has a proof: under which point of GDPR art. 32.1 it belongs, and the same in English."""

from typing import Final

ENCRYPTION, CONFIDENTIALITY, INTEGRITY, AVAILABILITY, RESTORE = "a", "b1", "b2", "b3", "c"

# fmt: off
PROMISED: Final[dict[str, tuple[str, str]]] = {
    "Det som är raderat är borta, också ur en äldre säkerhetskopia.":
        (ENCRYPTION, "What is erased is gone, from an older backup too."),
    "Installationens nyckel går att byta medan folk söker: ingen märker det, och den gamla nyckeln kan tas bort.":
        (ENCRYPTION, "The installation's key can be changed while people apply: nobody notices, and the old key can go."),
    "Fram till kallelsen ger ingen adress någon bedömare namnet eller originalet.":
        (ENCRYPTION, "Until the shortlist no address gives any assessor the name or the original."),
    "Ingenting om en sökande står i loggen, inte heller när något går fel.":
        (ENCRYPTION, "Nothing about an applicant is in the log, not even when something goes wrong."),
    "På https är varje kaka låst till portalen, osynlig för skript, och förbindelsen förblir krypterad.":
        (ENCRYPTION, "On https every cookie is locked to the portal, unseen by scripts, and the connection stays encrypted."),
    "En länk är till för en sak: på varje annat ställe öppnar den ingenting, och i databasen ligger bara dess fingeravtryck.":
        (ENCRYPTION, "A link is for one thing: anywhere else it opens nothing, and the database has only its fingerprint."),
    "Ingen kommer in genom en dörr som inte är deras.":
        (CONFIDENTIALITY, "Nobody comes in by a door that is not theirs."),
    "Databasen själv skiljer partierna åt i varje tabell.":
        (CONFIDENTIALITY, "The database itself keeps the parties apart in every table."),
    "De sju kända hålen i det första skyddet mellan partierna är stängda av nästa.":
        (CONFIDENTIALITY, "The seven known holes in the first wall between the parties are shut by the next one."),
    "Den som lämnar ett parti men är kvar i ett annat når ingenting i det första.":
        (CONFIDENTIALITY, "Whoever leaves one party and stays in another reaches nothing in the first."),
    "Den som söker i någons namn får inte veta om adressen redan hade sökt, varken då eller senare.":
        (CONFIDENTIALITY, "Whoever applies in somebody's name never learns whether the address had applied already."),
    "Den som söker i någons namn märker ingen skillnad på om adressen behöll sin första ansökan eller tog tillbaka den nya.":
        (CONFIDENTIALITY, "Whoever applies in somebody's name sees no difference in what the address answered."),
    "Den som skriver en adress får inte veta om den har ett konto: varken vid inloggning, nytt lösenord eller inbjudan.":
        (CONFIDENTIALITY, "Whoever types an address never learns whether it has an account."),
    "Det ett parti skriver och får hörs ingenstans utanför partiet.":
        (CONFIDENTIALITY, "What a party writes and is sent is heard nowhere outside it."),
    "Ett annat partis uppgifter går inte att nå, ändra eller ens ana genom något fält eller någon adress.":
        (CONFIDENTIALITY, "Another party's data cannot be reached, changed or even guessed at by any field or address."),
    "Ingen nyckel i databasen avslöjar vad ett annat parti har.":
        (CONFIDENTIALITY, "No key in the database tells what another party has."),
    "Programmets databasroll kan inte ta sig förbi muren.":
        (CONFIDENTIALITY, "The program's database role cannot pass the wall."),
    "En databasanslutning minns aldrig vilket parti den sist arbetade för.":
        (CONFIDENTIALITY, "A database connection never remembers which party it last worked for."),
    "En länk i ett brev öppnar bara det den är till för.":
        (CONFIDENTIALITY, "A link in a letter opens only what it is for."),
    "En länk som har gjort sitt öppnar ingenting mer, inte heller en som har överspelats eller gått ut.":
        (CONFIDENTIALITY, "A link that is used, overtaken or out of time opens nothing more."),
    "En använd länk kan inte skiljas från en som aldrig har funnits.":
        (CONFIDENTIALITY, "A used link cannot be told from one that never was."),
    "Att en länk i ett mejl öppnas ändrar ingenting, hur ofta och av vem det än sker, och sedan går det att handla.":
        (CONFIDENTIALITY, "Opening a link in a mail changes nothing, however often, and afterwards one can act."),
    "En avslutad inloggning är död vid nästa anrop, också för den som har kopierat kakan.":
        (CONFIDENTIALITY, "A log-in that has ended is dead at the next request, for whoever copied the cookie too."),
    "En engångskod gäller en gång, och inte i efterhand.":
        (CONFIDENTIALITY, "A one-time code is good once, and not afterwards."),
    "Ett lösenord går inte att gissa: det elfte felet på en kvart får vänta, också från tvåhundra nät, och den rätta släpps "
    "in sedan.":
        (CONFIDENTIALITY, "A password cannot be guessed: the eleventh fault in a quarter of an hour waits."),
    "Det femtioförsta felet på en kvart från samma nät får vänta, hur många konton det än gäller.":
        (CONFIDENTIALITY, "The fifty-first fault in a quarter of an hour from one network waits, however many accounts."),
    "Bakom en proxy räknas adressen som proxyn själv skriver, aldrig en som avsändaren har skrivit.":
        (CONFIDENTIALITY, "Behind a proxy the address that the proxy writes is counted, never one that the sender wrote."),
    "Inget från före inloggningen duger efter den: varken kakan eller formulärets nyckel.":
        (CONFIDENTIALITY, "Nothing from before the log-in is good after it: neither the cookie nor the form's token."),
    "Ingen annans namn hamnar i portalens länkar, hur anropet än är adresserat.":
        (CONFIDENTIALITY, "Nobody else's name is in the portal's links, however the request is addressed."),
    "Ingen främmande fil når något utanför sig själv.":
        (CONFIDENTIALITY, "No stranger's file reaches anything outside itself."),
    "Det någon skriver visas som text och kan aldrig köras, på ingen sida.":
        (INTEGRITY, "What somebody writes is shown as text and can never be run, on no page."),
    "Ingen cell i en tabell som hämtas ur portalen är en formel, vad någon än har skrivit.":
        (INTEGRITY, "No cell of a table taken out of the portal is a formula, whatever somebody has written."),
    "Ett formulär som en främmande sida skickar i någons namn avvisas överallt och ändrar ingenting.":
        (INTEGRITY, "A form that a foreign page sends in somebody's name is refused everywhere and changes nothing."),
    "Varje svar bär samma skyddande huvuden: varje sida, bild och fil, och varje fel.":
        (INTEGRITY, "Every answer has the same protecting headers: every page, picture and file, and every fault."),
    "Ingenting som någon skriver blir ett brevhuvud.":
        (INTEGRITY, "Nothing that somebody writes becomes a mail header."),
    "Loggen går inte att ändra utan att det syns, och första felaktiga raden pekas ut.":
        (INTEGRITY, "The log cannot be changed without it being seen, and the first bad line is named."),
    "Femtio som skriver i samma logg på en gång lämnar den hel.":
        (INTEGRITY, "Fifty who write in one log at once leave it whole."),
    "Många som skriver samtidigt väntar på sin tur: ingen avvisas, ingenting skrivs över.":
        (INTEGRITY, "Many who write at once wait their turn: nobody is refused, nothing is overwritten."),
    "Ett klick eller tjugo: en ansökan, ett kvitto.":
        (INTEGRITY, "One click or twenty: one application, one receipt."),
    "Det som har skickats ändras inte av det som sparas i samma ögonblick.":
        (INTEGRITY, "What has been sent is not changed by what is saved at the same moment."),
    "Två arbetare på samma gång gör inget två gånger.":
        (INTEGRITY, "Two workers at once do nothing twice."),
    "Sista ansökningsdagen gäller lika för alla: det är första byten som räknas, hur långsamt resten än kommer.":
        (INTEGRITY, "The last day is the same for all: the first byte counts, however slowly the rest comes."),
    "En kvitterad ansökan går aldrig förlorad, vad som än dör och när.":
        (AVAILABILITY, "An acknowledged application is never lost, whatever dies and when."),
    "En klocka som ställs tillbaka en timme gör att inget går förlorat och inget skickas två gånger.":
        (AVAILABILITY, "A clock that is put back an hour loses nothing and sends nothing twice."),
    "En full disk stoppar vänligt: inget kvitterat går förlorat, inget blir halvt, och allt går igen när det finns plats.":
        (AVAILABILITY, "A full disk refuses kindly: nothing acknowledged is lost, and all goes on afterwards."),
    "En disk som blir full medan arbetaren ritar sidbilder kostar ingenting: de ritas när det finns plats.":
        (AVAILABILITY, "A disk that fills while pictures are drawn costs nothing: they are drawn when there is room."),
    "En databas som någon annan håller låst ger ett vänligt svar, och det som skrevs går att skicka igen.":
        (AVAILABILITY, "A database that somebody else holds locked answers kindly, and what was typed can be sent again."),
    "Databasservern får falla och komma igen: vänliga svar under tiden, inget kvitterat borta, ingen omstart behövs.":
        (AVAILABILITY, "The database server may fall and come back: kind answers meanwhile, nothing lost, no restart."),
    "Är dokumentlagret borta sägs det vänligt; det som skrevs finns kvar, och allt går igen när lagret är tillbaka.":
        (AVAILABILITY, "If the document store is away it is said kindly, and all goes on when it is back."),
    "Flera webbservrar och arbetare är en enda portal.":
        (AVAILABILITY, "Several web servers and workers are one portal."),
    "Främmande filer skadar ingen: var och en får rätt besked inom tio sekunder, och sidorna svarar som vanligt.":
        (AVAILABILITY, "Strangers' files harm nobody: each is answered rightly within ten seconds, the pages as usual."),
    "Hundra ansökningar på en gång: alla läses, och alla sidor är ritade inom en minut.":
        (AVAILABILITY, "A hundred applications at once: all are read, and all pages are drawn within a minute."),
    "För mycket, för långsamt eller avbrutet: sidan säger vad man gör, och det sparade finns kvar.":
        (AVAILABILITY, "Too much, too slow or broken off: the page says what to do, and what was saved is kept."),
    "Den som skickar långsamt håller ingen annan uppe.":
        (AVAILABILITY, "Whoever sends slowly keeps nobody else waiting."),
    "Varje mejl går ut, också om arbetaren dör mitt i. Kommer ett två gånger är det igenkännligt som samma.":
        (AVAILABILITY, "Every mail goes out, though the worker dies in the middle. One that comes twice is seen to be."),
    "Ingen post försvinner hur e-postservern än bär sig åt, och ingen får sina brev i fel ordning.":
        (AVAILABILITY, "No mail is lost however the mail server behaves, and nobody gets letters in the wrong order."),
    "Nio sökande bedöms efter fem kriterier på en telefon, från mejlet till inlämningen, med två tryck för varje bedömning.":
        (AVAILABILITY, "Nine applicants are assessed by five criteria on a phone, with two presses for each score."),
    "En säkerhetskopia tagen under full gång går att lägga tillbaka på en tom maskin, och allt fungerar.":
        (RESTORE, "A backup taken under load can be put back on an empty machine, and all works."),
    "En uppgradering av databasen som dör mitt i kan köras igen och blir hel.":
        (RESTORE, "An upgrade of the database that dies in the middle can be run again and becomes whole."),
    "Det som någon äldre version har skrivit finns kvar ordagrant efter en uppgradering, i varje tabell.":
        (RESTORE, "What any older version has written is there word for word after an upgrade, in every table."),
    "En uppgradering av en full databas som dör gång på gång går vidare där den var, och ingenting har gått förlorat.":
        (RESTORE, "An upgrade of a full database that dies again and again goes on where it was, and nothing is lost."),
}
# fmt: on
