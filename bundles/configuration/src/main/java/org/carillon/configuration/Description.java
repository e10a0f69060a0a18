package org.carillon.configuration;

import java.util.Map;

/**
 * What a component's configuration may hold.
 *
 * @param isFactory  whether there is one for each instance.
 * @param attributes by key.
 */
record Description(boolean isFactory, Map<String, Attribute> attributes) {}
