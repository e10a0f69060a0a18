/** Benchmarks of the ring at the process border and of waking across it. Each side runs in its own process. */
package org.carillon.bench.ring;
