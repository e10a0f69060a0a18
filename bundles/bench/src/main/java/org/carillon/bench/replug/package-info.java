/** Devices plugged, unplugged and swapped while music plays, in a machine of its own. */
package org.carillon.bench.replug;
