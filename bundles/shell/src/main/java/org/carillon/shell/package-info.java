/** Commands for Gogo, scope {@code carillon}: wiring, drivers, devices and counters, in words. */
package org.carillon.shell;
