/** Devices of {@code javax.sound.midi} as ports. Nothing here is for others. */
package org.carillon.driver.javasound;
