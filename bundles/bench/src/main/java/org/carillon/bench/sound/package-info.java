/** Benchmarks of what sounds: voices, the callback of a sound server, rendering. Each side runs in its own process. */
package org.carillon.bench.sound;
