"""The public pages: what search engines and those who change language are given."""

from flask.testing import FlaskClient

from tests.world import World, publish_ad

INTRO = "Vi söker dig med <5 års erfarenhet, eller >5 om du hellre leder, till gruppens kansli."


def described(page: str) -> str:
    return page.split('<meta name="description"')[1].split('content="')[1].split('"')[0]


def test_the_description_of_an_ad_is_its_own_words_in_both_languages(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world, intro=INTRO)
    swedish, english = (
        described(client.get(f"/annonser/{ad.reference}{tail}").get_data(as_text=True)) for tail in ("", "?lang=en")
    )
    assert "&lt;5 års erfarenhet, eller &gt;5" in english
    assert "&lt;5 års erfarenhet, eller &gt;5" in swedish


def test_who_changes_language_keeps_what_they_had_chosen(world: World, client: FlaskClient) -> None:
    publish_ad(world, place="Härnösand")
    publish_ad(world, place="Sollefteå")
    page = client.get("/?ort=Sollefte%C3%A5").get_data(as_text=True)
    other = page.split('hreflang="en"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    english = client.get(other).get_data(as_text=True)
    assert english.count('class="ad-row"') == page.count('class="ad-row"') == 1
