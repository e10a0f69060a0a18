/**
 * The host: starts the OSGi framework with Carillon's bundles inside a program, and hands out its sessions.
 */
package org.carillon.launcher;
