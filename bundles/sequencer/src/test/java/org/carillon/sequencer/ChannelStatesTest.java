package org.carillon.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelStatesTest {
    /** What has to be sent so that a device is set as if it had received these messages. */
    private static List<String> settings(ChannelStates from, String... messages) {
        ChannelStates target = new ChannelStates();
        apply(target, messages);
        List<String> sent = new ArrayList<>();
        from.moveTo(target, message -> sent.add(HexFormat.of().formatHex(new byte[]{(byte) message,
            (byte) (message >> 8), (byte) (message >> 16)}, 0, 1 + Midi.dataLength(message & 0xFF))));
        return sent;
    }

    private static void apply(ChannelStates states, String... messages) {
        for (String hex : messages) {
            byte[] bytes = FileBytes.hex(hex);
            states.apply(ChannelStates.message(bytes[0] & 0xFF, bytes[1], bytes.length > 2 ? bytes[2] : 0));
        }
    }

    private static List<String> settings(String... messages) {
        return settings(new ChannelStates(), messages);
    }

    @Test
    void shouldSendTheLastOfEachSetting() {
        assertEquals(List.of("b00714", "e07f7f", "d005"), settings("B0 07 10", "B0 07 14", "E0 00 50", "E0 7F 7F",
                "D0 01", "D0 05", "90 3C 64", "A0 3C 10"));
    }

    @Test
    void shouldSelectABankBeforeItsProgramAndTheOneOfNowAfterIt() {
        assertEquals(List.of("b20001", "c205", "b20003"), settings("B2 00 01", "C2 05", "B2 00 03"));
    }

    @Test
    void shouldSetParametersAndSelectTheLastOne() {
        assertEquals(List.of("b06500", "b06400", "b0060c", "b02600", "b06301", "b06202", "b00607", "b02608",
                "b0657f", "b0647f"),
                settings("B0 65 00", "B0 64 00", "B0 06 0C", "B0 63 01", "B0 62 02", "B0 06 07",
                        "B0 26 08", "B0 65 7F", "B0 64 7F", "B0 06 11"));
        assertEquals(List.of("b06500", "b06401", "b0063f", "b0267e"), settings("B0 65 00", "B0 64 01", "B0 60 00",
                "B0 61 00", "B0 61 00", "B0 61 00"));
    }

    @Test
    void shouldKnowWhatAResetSets() {
        assertEquals(List.of("b00100", "b00b7f", "b04000", "b04100", "b04200", "b04300", "e00040", "d000"),
                settings("B0 01 50", "B0 40 7F", "E0 00 00", "B0 79 00", "B0 7B 00", "B0 78 00"));
    }

    @Test
    void shouldKeepOneOfEachPairOfModes() {
        assertEquals(List.of("b07a00", "b07d00", "b07e04"), settings("B0 7A 00", "B0 7C 00", "B0 7F 00", "B0 7D 00",
                "B0 7E 04"));
    }

    @Test
    void shouldGoBackToWhereDevicesStart() {
        ChannelStates states = new ChannelStates();
        apply(states, "B3 07 10", "B3 0A 00", "B3 50 01", "C3 09", "E3 00 00", "D3 50", "B3 65 00", "B3 64 00",
                "B3 06 0C");

        assertEquals(List.of("b30764", "b30a40", "b36500", "b36400", "b30602", "b32600", "b3657f", "b3647f", "e30040",
                "d300"), settings(states));
        assertEquals(List.of(), settings(states), "it is there");
    }
}
