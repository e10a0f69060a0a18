/** Songs and sound for the verbs: what a song sends, the instrument that plays it, sound into files and live. */
package org.carillon.launcher.sound;
