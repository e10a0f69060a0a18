/** Events from process to process through a server of the distribution, beside the least that a server in C++ does. */
package org.carillon.bench.echo;
