/** The voices: what turns regions and messages into frames. Not for use from outside. */
package org.carillon.sampler.voice;
