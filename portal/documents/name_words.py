"""Swedish names that are ordinary words too: written with a small letter they are most often the word.

A word that is missing here costs a black bar too many, one too many costs a question to a human; so the list holds words that
people write in applications, not every word there is.
"""

SHORT = 3  # letters; a name as short as this is always taken for a word where it is written with a small letter

_WORDS = """
adel afton alla alm ange april ask aspen augusti axel back backe barr berg berge bergen berget birk björk björn
blad blid blom blomma blå bo bok bonde bord borg brand brant bratt bred bredd bro brodd bror brunn bråten bränd by
bygd båge bågen bäck böke dag dagen dahl dal dalen damm dan disa dock dragon duva dyr edel eg egen ek eka eken eld
elva engel fager falk far fast finn fisk fjäll flink flod flora fors fredag fri frid frida frisk from frost frö
fur fura fält färm gabel glad glans glas glimt gran grann gren grind grip grund grön gud guld gull gun gunga
gyllen gård gås gäst hag hage hagen hall hammar hammare hamn hans hav hed heden heder hel hell hille hjort hjälm
hjälte holk holm holme holmen horn hult humle hus hård häger hägg häll härd hög hök höst inga inge iris is iver
jakt jul juli juni järn kaj kall kant karl karm kil kim kind klang klar klara klint klippa klo klok knape knut
kock korall korn korp kraft krans krok kron krona krus kry kull kulle kung kvarn kvick kvist käll källa lag lager
land lans lax led lek lilja lilla lin lina lind linda linden linje liv lo lock lod lord love lucia lugn lund
lunden lust lycka lykke lyra lång låt lärka löf löfte lönn löv maj maja malm mark marker mars mask mast mild mo
mod modig mona moren morgon mosse myr måne mår mård mörk nilla nord norr norrman nova ny när näs olja orre palm
park per pil pilen plan polis port prins präst puck pärla quick ram rask ren ring ringen ro rock rod ros rosa
rosen rot ruda rut ryd råd rådman räv rönn rör sal sand sandy sanna sarv sig silver siv sjö skarp skata skog
skogen skold skott sky skytt sköld slät slätt smed snabb snäll sol sommar son sparv spets spjut sporre springer
stad stark stav steg stege sten stenar stig stjärna stolt storm strand stråle sträng ström strömmen stål stång
sund sunna svala svan svart svea svärd syd säll säter söder tage tall tand tapper tell tern tid timmer tor torn
torp trana trast tro trogen trygg tröst tur tuva tyr tyst tång täpp törn udd udde uggla ull under unga unge vacker
vad vakt vall varg vass ved vera vid vide vik vild vilja vind vinge vinter viola vit våg våge våren väg väl värn
väst väster wall åke åker ål ås äng ängel ängen ö ören öst öster
"""
NAMES_THAT_ARE_WORDS = frozenset(_WORDS.split())
