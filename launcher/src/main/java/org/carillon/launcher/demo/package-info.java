/** The demonstration: a score to play and a picture of how punctually it was played. Nothing here depends on OSGi. */
package org.carillon.launcher.demo;
