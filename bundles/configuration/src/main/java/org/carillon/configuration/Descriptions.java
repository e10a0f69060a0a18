package org.carillon.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What bundles say of their configurations in their files {@code OSGI-INF/metatype/*.xml}, after the Metatype Service
 * of the OSGi Compendium (105.7). One thread.
 */
public final class Descriptions {
    static final String FOLDER = "OSGI-INF/metatype/";
    static final String SUFFIX = ".xml";

    private final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    private final Map<String, Description> byPid = new TreeMap<>();

    /** None yet. */
    public Descriptions() {
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    /**
     * Adds those of a bundle's file.
     *
     * @throws IOException where it is no jar that can be read.
     */
    public void addJar(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
                if (entry.getName().startsWith(FOLDER) && entry.getName().endsWith(SUFFIX)) {
                    try (InputStream in = file.getInputStream(entry)) {
                        add(in);
                    }
                }
            }
        } catch (ZipException e) {
            throw new IOException("bundle file must be a jar: file=" + jar, e);
        }
    }

    /**
     * Adds those of one file.
     *
     * @throws IOException where it is not as the specification says.
     */
    void add(InputStream xml) throws IOException {
        try {
            read(factory.createXMLStreamReader(xml));
        } catch (XMLStreamException | NumberFormatException e) {
            throw new IOException("description must be right: reason=" + e.getMessage(), e);
        }
    }

    /** Of a component or of an instance of a factory; null where nobody describes it. */
    Description of(String pid) {
        Description description = byPid.get(pid);
        int separator = pid.indexOf(SettingsFile.NAME_SEPARATOR);
        return description == null && separator > 0 ? byPid.get(pid.substring(0, separator)) : description;
    }

    /** All that are described. */
    public Set<String> pids() {
        return byPid.keySet();
    }

    private void read(XMLStreamReader xml) throws XMLStreamException {
        Map<String, Map<String, Attribute>> classes = new HashMap<>();
        Map<String, Boolean> isFactory = new LinkedHashMap<>();
        Map<String, String> classOf = new HashMap<>();
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        String pid = "";
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "OCD" -> {
                        attributes = new LinkedHashMap<>();
                        classes.put(value(xml, "id", ""), attributes);
                    }
                    case "AD" -> {
                        Attribute attribute = attribute(xml);
                        attributes.put(attribute.key(), attribute);
                    }
                    case "Option" -> attributes.values().stream().reduce((first, second) -> second)
                            .ifPresent(last -> last.options().add(value(xml, "value", "")));
                    case "Designate" -> {
                        String ofFactory = value(xml, "factoryPid", "");
                        pid = ofFactory.isEmpty() ? value(xml, "pid", "") : ofFactory;
                        isFactory.put(pid, !ofFactory.isEmpty());
                    }
                    case "Object" -> classOf.put(pid, value(xml, "ocdref", ""));
                    default -> {
                    }
                }
            }
        }
        isFactory.forEach((each, factory) -> byPid.putIfAbsent(each,
                new Description(factory, classes.getOrDefault(classOf.get(each), Map.of()))));
    }

    private static Attribute attribute(XMLStreamReader xml) {
        boolean isRequired = !"false".equals(value(xml, "required", "true"));
        int cardinality = Integer.parseInt(value(xml, "cardinality", "0"));
        List<String> options = new ArrayList<>();
        return new Attribute(value(xml, "id", ""), value(xml, "type", "String"), cardinality,
                isRequired && cardinality == 0 && xml.getAttributeValue(null, "default") == null,
                value(xml, "min", ""), value(xml, "max", ""), options);
    }

    private static String value(XMLStreamReader xml, String name, String otherwise) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? otherwise : value;
    }
}
