"""Which KML files are refused, and why?"""

from tests.hotspots.making import DEGREES, kml, kml_polygon, kml_ring, placemark

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def document(body="", **how):
    return lambda: kml(body or placemark(), **how)


def declaring(declaration, name="A1"):
    return lambda: kml(placemark(name=name), before=declaration)


def drawn(geometry):
    return lambda: kml(placemark(geometry))


def ring(*positions):
    return drawn(kml_polygon(positions))


FILES = {
    "an entity of its own": (declaring('<!DOCTYPE kml [<!ENTITY a "b">]>', "&a;"), "reaches_out_of_itself", "DOCTYPE"),
    "an entity that is a file": (
        declaring('<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;"),
        "reaches_out_of_itself",
        "DOCTYPE",
    ),
    "an entity at an address": (
        declaring('<!DOCTYPE kml SYSTEM "http://127.0.0.1:9/a.dtd">'),
        "reaches_out_of_itself",
        "DOCTYPE",
    ),
    "a parameter entity": (
        declaring('<!DOCTYPE kml [<!ENTITY % a SYSTEM "http://127.0.0.1:9/a.dtd"> %a;]>'),
        "reaches_out_of_itself",
        "DOCTYPE",
    ),
    "a billion laughs": (
        declaring(f'<!DOCTYPE kml [<!ENTITY l0 "ha">{LAUGHS}]>', "&l9;"),
        "reaches_out_of_itself",
        "DOCTYPE",
    ),
    "a DOCTYPE alone": (declaring("<!DOCTYPE kml>"), "reaches_out_of_itself", "DOCTYPE"),
    "an entity that nobody declared": (document(placemark(name="&nbsp;")), "not_whole", "not whole XML"),
    "a link to a network": (
        document("<NetworkLink><Link><href>http://127.0.0.1:9/a.kml</href></Link></NetworkLink>"),
        "reaches_out_of_itself",
        "NetworkLink",
    ),
    "a link beside areas": (
        document(placemark() + "<NetworkLink><Url><href>file:///etc/passwd</href></Url></NetworkLink>"),
        "reaches_out_of_itself",
        "NetworkLink|Url",
    ),
    "an update of another file": (
        document(placemark() + "<NetworkLinkControl><Update/></NetworkLinkControl>"),
        "reaches_out_of_itself",
        "NetworkLinkControl|Update",
    ),
    "an inclusion": (
        document('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'),
        "reaches_out_of_itself",
        "include",
    ),
    "a model from elsewhere": (
        drawn("<Model><Link><href>http://127.0.0.1:9/a.dae</href></Link></Model>"),
        "reaches_out_of_itself",
        "Model|Link",
    ),
    "no namespace": (
        lambda: kml(placemark()).replace(b' xmlns="http://www.opengis.net/kml/2.2"', b""),
        "format_not_accepted",
        "namespace",
    ),
    "another namespace": (document(namespace="http://example.org/kml"), "format_not_accepted", "namespace"),
    "GML": (lambda: b'<FeatureCollection xmlns="http://www.opengis.net/gml"/>', "format_not_accepted", "not KML"),
    "GPX": (lambda: b'<gpx xmlns="http://www.topografix.com/GPX/1/1"/>', "format_not_accepted", "not KML"),
    "a page": (lambda: b"<!DOCTYPE html><html></html>", "reaches_out_of_itself", "DOCTYPE"),
    "no Placemarks": (lambda: kml("<Folder/>"), "nothing_in_it", "no Placemarks"),
    "cut off in the middle": (lambda: kml(placemark())[:-20], "not_whole", "not whole XML"),
    "tags that cross": (document("<a><b></a></b>"), "not_whole", "not whole XML"),
    "UTF-16 inside": (
        lambda: kml(placemark()).decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        "format_not_accepted",
        "UTF-8",
    ),
    "an encoding that is none": (lambda: kml(placemark()).replace(b"UTF-8", b"UTF-7x"), "format_not_accepted", "UTF-8"),
    "nested without end": (document("<Folder>" * 50_000 + "</Folder>" * 50_000), "too_large", "nested more than 40"),
    "a quarter of a million empty things": (document("<a/>" * 250_000), "nothing_in_it", "no Placemarks"),
    "no geometry": (document("<Placemark><name>A1</name></Placemark>"), "rows", "no geometry"),
    "a point": (drawn("<Point><coordinates>-1.37,53.42</coordinates></Point>"), "rows", "a Point"),
    "a line": (
        drawn("<LineString><coordinates>-1.37,53.42 -1.36,53.42</coordinates></LineString>"),
        "rows",
        "a LineString",
    ),
    "a line among areas": (
        drawn(f"<MultiGeometry>{kml_polygon(DEGREES)}<LineString/></MultiGeometry>"),
        "rows",
        "a LineString",
    ),
    "nothing in a MultiGeometry": (drawn("<MultiGeometry/>"), "rows", "no list of parts"),
    "two geometries": (drawn(kml_polygon(DEGREES) * 2), "rows", "more than one geometry"),
    "an area without an outer ring": (drawn("<Polygon/>"), "rows", "0 outer rings"),
    "an area with two outer rings": (
        drawn(f"<Polygon><outerBoundaryIs>{kml_ring(DEGREES) * 2}</outerBoundaryIs></Polygon>"),
        "rows",
        "2 outer rings",
    ),
    "a ring without positions": (drawn(kml_polygon([])), "rows", "no list of positions"),
    "a ring that stays open": (ring(*DEGREES[:-1]), "rows", "not closed"),
    "words for numbers": (ring(("a", "b"), *DEGREES), "rows", "not a position"),
    "not-a-number": (ring(("nan", "nan"), *DEGREES[1:]), "rows", "not a finite number"),
    "infinity": (ring(("1e999", "53"), *DEGREES[1:]), "rows", "not a finite number"),
    "blanks between the numbers": (drawn(kml_polygon(DEGREES).replace(",", ", ")), "rows", "not a position"),
    "latitude first": (ring(*[(y, x) for x, y in DEGREES]), "rows", "swapped"),
    "metres": (ring(*[(x * 1000, y * 1000) for x, y in DEGREES]), "rows", "out of range"),
    "a line that crosses": (
        ring(DEGREES[0], DEGREES[2], DEGREES[1], DEGREES[3], DEGREES[0]),
        "rows",
        "self-intersection at",
    ),
    "data that stand twice": (
        document(placemark(more='<ExtendedData><Data name="a"/><Data name="a"/></ExtendedData>')),
        "rows",
        "same name twice",
    ),
    "no name and no reference": (lambda: kml(placemark(name="")), "rows", "no reference"),
}
