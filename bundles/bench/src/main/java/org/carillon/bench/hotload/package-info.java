/** How fast a driver comes and is swapped while music plays, and whether anything is lost over it. */
package org.carillon.bench.hotload;
