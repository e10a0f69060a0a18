package org.carillon.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {
    private static final String MATRIX = "[{\"className\":\"SimpleMatrix\",\"members\":[{\"name\":\"n\","
            + "\"type\":\"int\","
            + "\"comment\":\" \"},{\"name\":\"a\",\"type\":\"array\",\"size\":[\"n*n\"],"
            + "\"elem\":{\"type\":\"int\"}}]}]";

    private static Schema parse(String text) throws SchemaException {
        return Schema.parse("folder/my-desk.schema.json", text.replace('\'', '"'));
    }

    private static String wrong(String text) {
        return assertThrows(SchemaException.class, () -> parse(text)).getMessage();
    }

    @Test
    void shouldReadTheMatrixOfThePaper() throws SchemaException {
        Schema schema = parse(MATRIX);
        Layout layout = schema.layout("SimpleMatrix");

        assertEquals("MyDesk", schema.name());
        assertEquals("n * n", ((Type.Array) schema.named("SimpleMatrix").members().get(1).type()).count());
        assertEquals(List.of("n"), layout.fixed().stream().map(each -> each.member().name()).toList());
        assertEquals(4, layout.fixedLength());
        assertEquals(8, layout.minLength());
    }

    @Test
    void shouldPutMembersOfFixedLengthFirst() throws SchemaException {
        Layout layout = parse("[{'className':'Inner','members':[{'name':'x','type':'int16'}]},"
                + "{'className':'Outer','members':[{'name':'text','type':'string'},{'name':'inner','type':'Inner'},"
                + "{'name':'pair','type':'array','size':['2'],'elem':{'type':'Inner'}},{'name':'last',"
                + "'type':'bool'}]}]")
                .layout("Outer");

        assertEquals(List.of("inner", "pair", "last", "text"), layout.written().stream().map(Member::name).toList());
        assertEquals(List.of(0, 2, 6), layout.fixed().stream().map(Layout.Fixed::offset).toList());
        assertEquals(11, layout.minLength());
    }

    @Test
    void shouldGiveStableIds() throws SchemaException {
        assertEquals(0xE40C292CL, Ids.of("a"));
        assertEquals(0xBF9CF968L, Ids.of("foobar"));
        assertEquals(7, parse("[{'className':'Some','id':7,'members':[]}]").named("Some").id());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{}                                  | 1:1: expected a list of classes: found an object",
        "[1]                                 | 1:2: expected a class or a request: found a number",
        "[{'className':'A'                   | 1:18: expected more: found the end of the file",
        "[{'members':[]}]                    | 1:2: expected className, a string",
        "[{'className':'A'}]                 | 1:2: expected members, a list: class=A",
        "[{'className':'a','members':[]}]    | 1:15: expected a name of letters and digits that begins with a capital",
        "[{'className':'String','members':[]}] | 1:15: expected a name that generated code does not use itself",
        "[{'className':'A','members':[],'x':1}] | 1:36: expected one of className, comment, id, members: "
                + "class=A, key=x",
        "[{'className':'A','members':[]},{'className':'A','members':[]}] | 1:46: expected each name once: class=A",
        "[{'className':'A','members':[],'id':0}] | 1:37: expected id, a whole number from 1 to 4294967295: class=A",
        "[{'className':'A','className':'B'}] | 1:19: expected each key once: key=className"})
    void shouldNameThePlaceOfWrongClasses(String text, String message) {
        assertTrue(wrong(text).startsWith("folder/my-desk.schema.json:" + message), wrong(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{'name':'x','type':'itn'}    | 3:20: expected int, int8 to int64, unsigned, uint8 to uint64, float, double, "
                + "bool, string, bytes, array or the name of a class: class=A, member=x, type=itn",
        "{'name':'x'}                 | 3:1: expected type, a string: class=A, member=x",
        "{'name':'X','type':'int'}    | 3:9: expected a name of letters, digits and single underscores that "
                + "begins with "
                + "a small letter, at most 60 characters: class=A, member=X",
        "{'name':'lambda','type':'int'} | 3:9: expected a name that is no word of Java, C++ or Python: class=A, "
                + "member=lambda",
        "{'name':'synchronized','type':'int'} | 3:9: expected a name that is no word",
        "{'name':'typename','type':'int'} | 3:9: expected a name that is no word",
        "{'name':'encode','type':'int'} | 3:9: expected a name that generated classes do not use themselves: class=A",
        "{'name':'x','type':'A'}      | 3:9: expected no class that holds itself, except in an array over members: "
                + "class=A, member=x, type=A",
        "{'name':'x','type':'array','size':['2'],'elem':{'type':'A'}} | 3:9: expected no class that holds itself",
        "{'name':'x','type':'array','size':['y'],'elem':{'type':'int'}} | 3:36: expected an integer member that stands "
                + "before the array: name=y: class=A, member=x, size=y",
        "{'name':'x','type':'array','size':[],'elem':{'type':'int'}} | 3:35: expected size, a list of 1 to 8 "
                + "expressions: class=A, member=x",
        "{'name':'x','type':'array','size':['2'],'elem':{'type':'array'}} | 3:56: expected elements that are no arrays",
        "{'name':'x','type':'array','size':['2'],'elem':{'type':'E'}} | 3:9: expected elements that take at least a "
                + "byte: class=A, member=x",
        "{'name':'x','type':'array','size':['1-2'],'elem':{'type':'int'}} | 3:9: expected a size from 0 to 16777216: "
                + "class=A, member=x, size=1 - 2",
        "{'name':'x','type':'array','size':['9999999','9999999'],'elem':{'type':'int'}} | 3:9: expected at most",
        "{'name':'x','type':'array','size':['(2'],'elem':{'type':'int'}} | 3:36: expected a closing parenthesis",
        "{'name':'x','type':'array','size':['2%2'],'elem':{'type':'int'}} | 3:36: expected +, -, *, / or the "
                + "end of the "
                + "size: at=%2",
        "{'name':'x_at','type':'int'},{'name':'x','type':'array','size':['2','2'],'elem':{'type':'int'}} | 3:38: "
                + "expected no member x_at beside dimensions: class=A, member=x",
        "{'name':'x','type':'array','size':['2/0'],'elem':{'type':'int'}} | 3:9: expected a size from 0"})
    void shouldNameThePlaceOfWrongMembers(String member, String message) {
        String text = "[{'className':'E','members':[]},{'className':'A','members':[\n\n" + member + "]}]";

        assertTrue(wrong(text).startsWith("folder/my-desk.schema.json:" + message), wrong(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{'request':'go','in':'B','right':'look'}  | expected the name of a class: request=go, in=B",
        "{'request':'go','in':'A','right':'root'}  | expected look, wire or administer: request=go, right=root",
        "{'request':'go','in':'A','out':3,'right':'look'}  | expected out, a string: request=go",
        "{'request':'go','right':'look'}           | expected in, a string: request=go",
        "{'request':'go','in':'A','right':'look'},{'className':'MyDeskClient','members':[]} | expected a name that "
                + "generated code does not use itself: class=MyDeskClient",
        "{'request':'go','in':'A','right':'look'},{'className':'Refused','members':[]} | expected the members code and "
                + "message, both string: class=Refused",
        "{'request':'go','in':'A','right':'look','id':5},{'request':'stop','in':'A','right':'look','id':5} | expected "
                + "an id of its own"})
    void shouldRefuseWrongRequests(String request, String message) {
        assertTrue(wrong("[{'className':'A','members':[]}," + request + "]").contains(message),
                () -> wrong("[{'className':'A','members':[]}," + request + "]"));
    }

    @Test
    void shouldRefuseIdsThatClash() {
        String message = wrong("[{'className':'A','members':[]},\n{'className':'B','id':" + Ids.of("A")
                + ",'members':[]}]");

        assertEquals(
                "folder/my-desk.schema.json:2:1: expected an id of its own, give one with \"id\": class=B, other=A, "
                        + "id=" + Ids.of("A"),
                message);
    }

    @Test
    void shouldRefuseClassesTooDeepInOneAnother() throws SchemaException {
        assertEquals(Layout.MAX_DEPTH, parse(chain(Layout.MAX_DEPTH)).classes().size());
        assertTrue(wrong(chain(Layout.MAX_DEPTH + 1)).contains("expected fewer classes in one another: class=C"));
    }

    @Test
    void shouldRefuseClassesThatAreTooLong() {
        assertTrue(wrong(chain(Layout.MAX_DEPTH).replace("'members':[]", "'members':[{'name':'x','type':'string'}]"))
                .contains("expected a shorter class: class=C23, limit=16777216"));
    }

    /** Each class holds the one before it twice: whoever walks all ways does not come back. */
    private static String chain(int count) {
        return IntStream.range(0, count).mapToObj(i -> "{'className':'C" + i + "','members':[" + (i == 0
                ? ""
                : "{'name':'x','type':'C" + (i - 1) + "'},{'name':'y','type':'C" + (i - 1) + "'}") + "]}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void shouldAllowAClassThatHoldsItselfInAnArrayOverMembers() throws SchemaException {
        Schema schema = parse("[{'className':'Tree','members':[{'name':'n','type':'int'},{'name':'c','type':'array',"
                + "'size':['n'],'elem':{'type':'Tree'}}]}]");

        assertEquals(8, schema.layout("Tree").minLength());
    }

    @Test
    void shouldReadSizesWithTheUsualPrecedence() throws SchemaException {
        Schema schema = parse("[{'className':'A','members':[{'name':'n','type':'int'},{'name':'a','type':'array',"
                + "'size':['2 - (n - 1) * (n+3) / 4 - n','7/2*(2)'],'elem':{'type':'int'}}]}]");
        Type.Array array = (Type.Array) schema.named("A").members().get(1).type();

        assertEquals("(2 - (n - 1) * (n + 3) / 4 - n) * (7 / 2 * 2)", array.count());
        assertEquals(6, array.sizes().get(1).constant());
    }
}
