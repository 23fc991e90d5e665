package io.corral.runtime.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.corral.runtime.jdk.VmStructs.Field;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VmStructsTest {

    private static final int STRIDE = 40;

    private final Memory memory = new Memory();

    @Test
    void offsetIsThatOfTheFieldOfThatVeryType() {
        memory.table(
                new Entry("Thread", "_osthread", 6),
                new Entry("Thread", "_tlab", 7),
                new Entry("ThreadShadow", "_tlab", 8),
                new Entry("ThreadShadow", "_top", 9));
        assertThat(offsets(
                        new Field("ThreadShadow", "_top"),
                        new Field("Thread", "_tlab"),
                        new Field("ThreadShadow", "_tlab")))
                .containsExactly(9, 7, 8);
    }

    @Test
    void fieldsOfATypeAreFoundWhereverTheyStand() {
        memory.table(
                new Entry("Thread", "_tlab", 7),
                new Entry("Symbol", "_length", 8),
                new Entry("Thread", "_osthread", 9));
        assertThat(offsets(new Field("Thread", "_osthread"), new Field("Thread", "_tlab")))
                .containsExactly(9, 7);
    }

    /** As a linker does with texts that are alike, and with those that end alike. */
    @Test
    void fieldsOfATypeThatShareItsNameAreFound() {
        memory.table(
                new Entry("Thread", "_osthread", 6),
                new Entry("Thread", "_tlab", 7),
                new Entry("Thread", "_top", 8));
        memory.sameTypes();
        assertThat(offsets(new Field("Thread", "_top"), new Field("Thread", "_tlab")))
                .containsExactly(8, 7);
    }

    @Test
    void ofAFieldThatIsThereTwiceTheFirstCounts() {
        memory.table(new Entry("Thread", "_tlab", 7), new Entry("Thread", "_tlab", 8));
        assertThat(offsets(new Field("Thread", "_tlab"), new Field("Thread", "_top")))
                .containsExactly(7, -1);
    }

    @Test
    void offsetOfWhatIsNotThereIsUnknown() {
        memory.table(new Entry("Thread", "_tlab", 7));
        assertThat(offsets(
                        new Field("Thread", "_tla"),
                        new Field("Thread", "_tlabs"),
                        new Field("Threads", "_tlab")))
                .containsExactly(-1, -1, -1);
    }

    @Test
    void nothingIsReadWhereTheJvmHasNoTable() {
        assertThat(offsets(new Field("Thread", "_tlab"))).containsExactly(-1);
    }

    @Test
    void tableWithoutAnEndIsNone() {
        memory.table(new Entry("Thread", "_tlab", 7));
        memory.variable("gHotSpotVMStructEntryArrayStride", 0);
        assertThat(offsets(new Field("Thread", "_top"))).containsExactly(-1);
    }

    private long[] offsets(Field... wanted) {
        return new VmStructs(memory).offsets(wanted);
    }

    private record Entry(String type, String field, long offset) {}

    /** What was not written is 0. */
    private static final class Memory implements NativeMemory {

        private final Map<String, Long> symbols = new HashMap<>();
        private final Map<Long, Long> longs = new HashMap<>();
        private final Map<Long, Byte> bytes = new HashMap<>();
        private long end = 1_000;

        void table(Entry... entries) {
            long table = end;
            end += (entries.length + 1L) * STRIDE;
            for (int i = 0; i < entries.length; i++) {
                longs.put(table + i * STRIDE, text(entries[i].type));
                longs.put(table + i * STRIDE + 8, text(entries[i].field));
                longs.put(table + i * STRIDE + 24, entries[i].offset);
            }
            variable("gHotSpotVMStructs", table);
            variable("gHotSpotVMStructEntryTypeNameOffset", 0);
            variable("gHotSpotVMStructEntryFieldNameOffset", 8);
            variable("gHotSpotVMStructEntryOffsetOffset", 24);
            variable("gHotSpotVMStructEntryArrayStride", STRIDE);
        }

        /** All entries have the first one's type. */
        void sameTypes() {
            long table = longs.get(symbols.get("gHotSpotVMStructs"));
            for (long at = table; longs.containsKey(at); at += STRIDE) {
                longs.put(at, longs.get(table));
            }
        }

        void variable(String name, long value) {
            symbols.put(name, end);
            longs.put(end, value);
            end += 8;
        }

        private long text(String text) {
            long address = end;
            for (byte character : text.getBytes(StandardCharsets.US_ASCII)) {
                bytes.put(end++, character);
            }
            end++;
            return address;
        }

        @Override
        public long symbol(String name) {
            return symbols.getOrDefault(name, 0L);
        }

        @Override
        public long longAt(long address) {
            return longs.getOrDefault(address, 0L);
        }

        @Override
        public byte byteAt(long address) {
            return bytes.getOrDefault(address, (byte) 0);
        }

        @Override
        public long currentThread() {
            return 0;
        }
    }
}
