package org.carillon.api.device;

/**
 * The name of one port of a device.
 *
 * @param name  unique among all that are remembered.
 * @param doubt why it may be the name of another device just like it; empty where there is no doubt. For people.
 */
public record DeviceName(String name, String doubt) {}
