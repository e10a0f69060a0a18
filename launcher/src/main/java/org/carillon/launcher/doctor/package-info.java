/** What a machine lacks for music on time: reads, measures, advises; changes nothing. */
package org.carillon.launcher.doctor;
