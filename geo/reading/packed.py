"""What does a zip hold: a KMZ, a zipped Shapefile, or something that is not taken? By its members' endings, all else apart."""

from pathlib import PurePosixPath

from geo.reading import kml, shapefile
from geo.reading.archive import members
from geo.reading.features import ACCEPTED, Collection, Reason, Unreadable

# Formats that are known and not taken.
KNOWN_BY_ENDING = {
    ".tab": "MapInfo TAB", ".mif": "MapInfo MIF", ".gml": "GML", ".gpkg": "a GeoPackage in a zip", ".vrt": "a VRT",
    ".geojson": "GeoJSON in a zip", ".gdbtable": "an Esri geodatabase", ".csv": "CSV", ".xlsx": "a workbook",
}  # fmt: skip


def read(content: bytes, stated: int | None, *, most_bytes: int) -> Collection:
    """The rows of a KMZ's one KML, or of a zip's one Shapefile."""
    found = members(content, most_bytes=most_bytes)
    endings = {PurePosixPath(path).suffix.lower() for path in found}
    if ".shp" in endings and ".kml" not in endings:
        return shapefile.read(found, stated)
    if ".kml" in endings and ".shp" not in endings:
        documents = [path for path in found if path.lower().endswith(".kml")]
        if len(documents) > 1:
            raise Unreadable(Reason.DOUBTFUL, f"This KMZ holds {len(documents)} KML files. Send them one by one.")
        return kml.read(found[documents[0]], stated)
    if {".shp", ".kml"} <= endings:
        raise Unreadable(Reason.DOUBTFUL, "This zip holds KML and a Shapefile. Send them one by one.")
    known = next((KNOWN_BY_ENDING[ending] for ending in sorted(endings) if ending in KNOWN_BY_ENDING), None)
    if known:
        raise Unreadable(Reason.FORMAT, f"This is {known}, which is not taken. {ACCEPTED}")
    raise Unreadable(Reason.FORMAT, f"This zip holds neither a Shapefile nor KML. {ACCEPTED}")
