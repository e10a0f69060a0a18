package org.carillon.it;

import static org.junit.Assert.assertEquals;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.Timeout;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.FrameworkUtil;

/**
 * A test that runs as a bundle beside the server's bundles, in one framework for each class. A class says with
 * {@code @Configuration} what the framework holds, put together from the options here.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class ContainerTest {
    static final String SCHEDULER = "org.carillon.scheduler";
    static final String FILTER = "org.carillon.filter";
    static final String TRANSPORT = "org.carillon.transport.local";
    static final String TRANSPORT_SHM = "org.carillon.transport.shm";
    static final String LOOPBACK = "org.carillon.driver.loopback";
    static final String RAWMIDI = "org.carillon.driver.rawmidi";
    static final String JAVASOUND = "org.carillon.driver.javasound";
    static final String SEQUENCER = "org.carillon.sequencer";
    static final String SAMPLER = "org.carillon.sampler";
    static final String KERNEL = "org.carillon.kernel";
    static final String DEPLOY = "org.carillon.deploy";
    static final String SHELL = "org.carillon.shell";
    static final String CONFIGURATION = "org.carillon.configuration";
    static final List<String> SERVER = List.of("org.carillon.agrona", "org.carillon.hdrhistogram",
            "org.carillon.protocol", "org.carillon.platform", "org.carillon.api", SCHEDULER, FILTER, KERNEL, TRANSPORT,
            TRANSPORT_SHM, LOOPBACK, RAWMIDI, JAVASOUND, SEQUENCER, SAMPLER, DEPLOY, SHELL, CONFIGURATION);

    private static final List<String> SERVICES = List.of("org.osgi.util.function", "org.osgi.util.promise",
            "org.osgi.service.component", "org.apache.felix.log", "org.apache.felix.configadmin",
            "org.apache.felix.metatype", "org.apache.felix.scr", "org.apache.felix.gogo.runtime",
            "org.apache.felix.gogo.command");
    private static final String SLF4J = "2.0.18";
    private static final long TEST_LIMIT_S = 120;

    /** Nothing here may hang a build. */
    @Rule
    public final Timeout timeout = Timeout.seconds(TEST_LIMIT_S);

    Server server;
    Messages messages;

    /** The server without some of its bundles, and what every test needs. */
    static Option[] without(String... leftOut) {
        List<String> absent = Arrays.asList(leftOut);
        return new Option[]{framework(), exam(), bundles(SERVICES.stream()),
            bundles(SERVER.stream().filter(name -> !absent.contains(name)))};
    }

    private static Option framework() {
        return composite(frameworkProperty("org.osgi.framework.bootdelegation").value("java.*"),
                frameworkProperty("ds.loglevel").value("warn"),
                systemPackages("jdk.internal.misc", "com.eclipsesource.json;version=0.9.5"));
    }

    /** What Pax Exam's own bundles need; it logs to the class path's SLF4J, so there is none among the bundles. */
    private static Option exam() {
        return composite(junitBundles(),
                systemPackages("org.slf4j;version=" + SLF4J, "org.slf4j.event;version=" + SLF4J,
                        "org.slf4j.helpers;version=" + SLF4J, "org.slf4j.spi;version=" + SLF4J,
                        "org.slf4j;version=1.7.36", "org.slf4j.helpers;version=1.7.36",
                        "org.slf4j.spi;version=1.7.36"));
    }

    private static Option bundles(Stream<String> names) {
        return composite(names.map(name -> bundle(new File("target/bundles", name + ".jar").toURI().toString()))
                .toArray(Option[]::new));
    }

    @Before
    public void findServer() {
        messages = new Messages("org.carillon");
        server = new Server(FrameworkUtil.getBundle(ContainerTest.class).getBundleContext());
    }

    @After
    public void leaveServer() {
        server.tidyUp();
        messages.close();
        assertEquals(List.of(), server.frameworkWarnings().stream().filter(line -> !isExpected(line)).toList());
    }

    /** Whether a test of this class brings a warning of the framework about on purpose. */
    boolean isExpected(String frameworkWarning) {
        return false;
    }
}
