package io.corral.runtime.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VmStructsTest {

    private static final int STRIDE = 40;

    private final Memory memory = new Memory();

    @Test
    void offsetIsThatOfTheFieldOfThatVeryType() {
        memory.table(new Entry("Thread", "_tlab", 7), new Entry("ThreadShadow", "_tlab", 8));
        VmStructs structs = new VmStructs(memory);
        assertThat(structs.offset("Thread", "_tlab")).isEqualTo(7);
        assertThat(structs.offset("ThreadShadow", "_tlab")).isEqualTo(8);
    }

    @Test
    void offsetOfWhatIsNotThereIsUnknown() {
        memory.table(new Entry("Thread", "_tlab", 7));
        VmStructs structs = new VmStructs(memory);
        assertThat(structs.offset("Thread", "_tla")).isEqualTo(-1);
        assertThat(structs.offset("Thread", "_tlabs")).isEqualTo(-1);
        assertThat(structs.offset("Threads", "_tlab")).isEqualTo(-1);
    }

    @Test
    void nothingIsReadWhereTheJvmHasNoTable() {
        assertThat(new VmStructs(memory).offset("Thread", "_tlab")).isEqualTo(-1);
    }

    @Test
    void tableWithoutAnEndIsNone() {
        memory.table(new Entry("Thread", "_tlab", 7));
        memory.variable("gHotSpotVMStructEntryArrayStride", 0);
        assertThat(new VmStructs(memory).offset("Thread", "_top")).isEqualTo(-1);
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
