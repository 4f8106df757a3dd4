"""How far apart are two points on the Earth? For statistics and sentences; the law asks only for boundaries."""

from geopy.distance import geodesic


def geodesic_metres(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Metres along the WGS84 ellipsoid between two (latitude, longitude) points.

    The points come from the National Grid without its correction grid, good to about 2 metres each. Straight grid
    metres differ from the answer by at most 0.04 % between 10 and 400 kilometres.
    """
    return geodesic(first, second).meters
