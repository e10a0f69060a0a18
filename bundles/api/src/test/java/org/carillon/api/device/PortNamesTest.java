package org.carillon.api.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.CarillonException.Kind;
import org.junit.jupiter.api.Test;

class PortNamesTest {
    private static final String DRIVER = "rawmidi";

    private PortNames names = new PortNames();

    private static DeviceEvidence alpha(String serial, String busPath) {
        return new DeviceEvidence(serial, busPath, "1234:0001", "Alpha", "0");
    }

    private List<String> identify(DeviceEvidence... present) {
        return names.identify(DRIVER, List.of(present)).stream().map(DeviceName::name).toList();
    }

    private List<String> doubts(DeviceEvidence... present) {
        return names.identify(DRIVER, List.of(present)).stream().map(DeviceName::doubt).toList();
    }

    private void restart() {
        names = new PortNames(names.text());
    }

    @Test
    void shouldGiveTheOldNameBySerialWhereverItIsPluggedIn() {
        identify(alpha("A", "usb-1"), alpha("B", "usb-2"));
        identify();
        restart();

        assertEquals(List.of("Alpha #2", "Alpha"), identify(alpha("B", "usb-1"), alpha("A", "usb-2")));
        assertEquals(List.of("", ""), doubts(alpha("B", "usb-1"), alpha("A", "usb-2")));
    }

    @Test
    void shouldGiveTheOldNameByPlaceWhereThereIsNoSerial() {
        identify(alpha("", "usb-1"), alpha("", "usb-2"));
        restart();

        assertEquals(List.of("Alpha #2"), identify(alpha("", "usb-2")));
        assertEquals(List.of(""), doubts(alpha("", "usb-2")));
        assertEquals(List.of("Alpha #2", "Alpha"), identify(alpha("", "usb-2"), alpha("", "usb-1")));
    }

    @Test
    void shouldKnowTheOnlyOneOfItsKindInAnotherPlace() {
        identify(alpha("", "usb-1"));
        identify();
        restart();

        assertEquals(List.of("Alpha"), identify(alpha("", "usb-7")));
        assertEquals("usb-7", names.remembered().getFirst().evidence().busPath());
    }

    @Test
    void shouldNotTakeADeviceOfAnotherSerialForTheOneThatIsMissed() {
        identify(alpha("A", "usb-1"));

        assertEquals(List.of("Alpha #2"), identify(alpha("B", "usb-1")));
        assertEquals(List.of("Alpha"), identify(alpha("A", "usb-1")));
        assertEquals(List.of("Alpha #3"), identify(alpha("", "usb-9")));
    }

    @Test
    void shouldSayThatEqualDevicesAreInDoubtAndGiveThemDistinctNames() {
        assertEquals(List.of("Alpha", "Alpha #2"), identify(alpha("", ""), alpha("", "")));
        for (String doubt : doubts(alpha("", ""), alpha("", ""))) {
            assertEquals("2 equal devices came, and nothing tells which is which", doubt);
        }
        restart();
        assertEquals(List.of("Alpha", "Alpha #2"), identify(alpha("", ""), alpha("", "")));
        assertEquals(2, names.remembered().size());
    }

    @Test
    void shouldNotGuessWhichOfTwoMissedHasMoved() {
        identify(alpha("", "usb-1"), alpha("", "usb-2"));
        identify();

        assertEquals(List.of("Alpha #3"), identify(alpha("", "usb-3")));
        identify();
        assertEquals(List.of("Alpha"), identify(alpha("", "usb-1")));
        identify();
        String doubt = doubts(alpha("", "usb-4")).getFirst();
        assertEquals("a device came that may be one of those missed: names=Alpha, Alpha #2, Alpha #3", doubt);
    }

    @Test
    void shouldHoldASerialThatTwoDevicesShareForWorthless() {
        identify(alpha("0001", "usb-1"));

        assertEquals(List.of("Alpha", "Alpha #2"), identify(alpha("0001", "usb-1"), alpha("0001", "usb-2")));
        assertEquals(Map.of("1234:0001", "0001"), names.sharedSerials());
        restart();
        assertEquals(List.of("Alpha #2"), identify(alpha("0001", "usb-2")));
        identify();
        assertEquals(List.of("Alpha #3"), identify(alpha("0001", "usb-3")));
    }

    @Test
    void shouldTellThePortsOfADeviceApart() {
        DeviceEvidence first = new DeviceEvidence("A", "usb-1", "1234:0001", "Alpha 1", "0.0");
        DeviceEvidence second = new DeviceEvidence("A", "usb-1", "1234:0001", "Alpha 2", "0.1");

        assertEquals(List.of("Alpha 1", "Alpha 2"), identify(first, second));
        assertEquals(List.of("Alpha 2", "Alpha 1"), identify(second, first));
        assertTrue(names.sharedSerials().isEmpty());
    }

    @Test
    void shouldGiveNoDriverTheNameOfWhatAnotherHas() {
        identify(alpha("", "usb-1"));

        assertEquals("Alpha #2", names.identify("other", List.of(alpha("", "usb-2"))).getFirst().name());
        assertEquals("Alpha", names.identify("third", List.of(alpha("", "usb-1"))).getFirst().name());
    }

    @Test
    void shouldKeepAnAliasAndRefuseOneThatIsTaken() {
        identify(alpha("A", ""), alpha("B", ""));
        names.alias("Alpha", "Left hand");
        restart();

        assertEquals(List.of("Left hand", "Alpha #2"), identify(alpha("A", ""), alpha("B", "")));
        for (String taken : List.of("Left hand", "Alpha")) {
            CarillonException refusal = assertThrows(CarillonException.class, () -> names.alias("Alpha #2", taken));
            assertEquals(Kind.REFUSED, refusal.kind());
            assertEquals("alias must be no name of another device: alias=" + taken + ", name=Alpha #2",
                    refusal.getMessage());
        }
        assertEquals(Kind.NO_SUCH_NAME,
                assertThrows(CarillonException.class, () -> names.alias("Alpha", "x")).kind());
        names.alias("Left hand", "");
        assertEquals(List.of("Alpha"), identify(alpha("A", "")));
    }

    @Test
    void shouldNotNameADeviceLikeAnAlias() {
        identify(new DeviceEvidence("", "", "", "Beta", "0"));
        names.alias("Beta", "Alpha");

        assertEquals(List.of("Alpha #2"), identify(alpha("A", "")));
    }

    @Test
    void shouldKeepWhatItRemembersWhole() {
        identify(new DeviceEvidence("a\tb", "x\ny", "", " \u0000 ", null));
        assertEquals(List.of(new RememberedDevice("device", "", new DeviceEvidence("a b", "x y", "", "", ""), true)),
                names.remembered());
        String before = names.text();
        restart();

        assertEquals(before, names.text());
        assertFalse(names.remembered().getFirst().present());
    }

    @Test
    void shouldNameTheLineThatIsWrong() {
        String text = new PortNames().text();
        for (String wrong : List.of("", "carillon devices 2\n", text + "device\tx\n", text + "shared\tx\n",
                text + "device\tx\t\t\t\t\t\t\ndevice\tx\t\t\t\t\t\t\n", text + "\nwhat\n")) {
            String message = assertThrows(IllegalArgumentException.class, () -> new PortNames(wrong)).getMessage();
            assertTrue(message.contains("line=" + (wrong.startsWith(text) ? "" : "1,")), message);
        }
    }

    @Test
    void shouldForgetThoseThatWereAwayLongest() {
        for (int i = 0; i < PortNames.LIMIT + 10; i++) {
            identify(new DeviceEvidence("", "", "", "n" + i, ""));
        }

        assertEquals(PortNames.LIMIT, names.remembered().size());
        assertEquals("n10", names.remembered().getFirst().name());
    }

    @Test
    void shouldNeverGiveOneNameTwiceNorForgetASerialWhateverComes() {
        Random random = new Random(1);
        List<DeviceEvidence> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(new DeviceEvidence(pick(random, "", "S" + i, "0000"), pick(random, "", "usb-" + random.nextInt(5)),
                    pick(random, "", "1:1", "1:2"), pick(random, "A", "A #2", "B"), pick(random, "0", "1")));
        }
        for (int turn = 0; turn < 2_000; turn++) {
            Collections.shuffle(all, random);
            List<DeviceEvidence> present = all.subList(0, random.nextInt(8));
            List<DeviceName> first = names.identify(DRIVER, present);
            List<String> given = first.stream().map(DeviceName::name).toList();
            assertEquals(given.size(), new HashSet<>(given).size(), given.toString());
            assertEquals(given, identify(present.toArray(DeviceEvidence[]::new)), "the same again");
            List<String> taken = names.remembered().stream()
                    .flatMap(each -> Stream.of(each.name(), each.alias()).filter(name -> !name.isEmpty())).toList();
            assertEquals(taken.size(), new HashSet<>(taken).size(), taken.toString());
        }
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
