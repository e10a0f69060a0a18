package org.carillon.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The virtual machine makes the string constants of a class when a method of it is first compiled in full, in the
 * thread that ran that method once too often. So a class that the audio thread runs has none, but for those that its
 * initialiser has made already.
 */
class AudioThreadStringsTest {
    @ParameterizedTest
    @ValueSource(strings = {"Sampler", "voice.Engine", "voice.Performer", "voice.Performer$1", "voice.VoicePool",
        "voice.Voice", "voice.Lanes", "voice.Contour", "voice.ChannelState", "voice.Agenda", "voice.Message",
        "voice.MessageRing", "voice.Layer", "voice.Track", "voice.Zone", "voice.Tables", "voice.Patch",
        "voice.PatchSet", "voice.EnvelopeShape", "voice.BankKernel", "voice.VectorReader", "graph.TimedSampler",
        "graph.RingFeed", "graph.ChannelMemory", "graph.Fader", "output.Renderer", "output.XrunDetector",
        "output.DurationHistogram", "output.JackPlayer"})
    void shouldHaveNoStringsWhereTheAudioThreadRuns(String name) throws IOException {
        assertEquals(Set.of(), strings("org.carillon.sampler." + name));
    }

    @Test
    void shouldFindStringsWhereTheyAre() throws IOException {
        assertEquals(Set.of("instrument"), strings(Arguments.class.getName()).stream()
                .filter(string -> !string.contains(" ")).collect(Collectors.toSet()));
    }

    private static Set<String> strings(String name) throws IOException {
        try (InputStream in = Sampler.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            ClassModel model = ClassFile.of().parse(in.readAllBytes());
            Set<String> strings = new TreeSet<>();
            for (PoolEntry entry : model.constantPool()) {
                if (entry instanceof StringEntry string) {
                    strings.add(string.stringValue());
                }
            }
            strings.removeAll(madeByInitialiser(model));
            return strings;
        }
    }

    private static Set<Object> madeByInitialiser(ClassModel model) {
        return model.methods().stream().filter(method -> method.methodName().equalsString("<clinit>"))
                .flatMap(method -> method.code().orElseThrow().elementStream())
                .filter(LoadConstantInstruction.class::isInstance)
                .map(element -> (Object) ((LoadConstantInstruction) element).constantValue())
                .collect(Collectors.toSet());
    }
}
