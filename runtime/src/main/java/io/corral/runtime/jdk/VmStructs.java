package io.corral.runtime.jdk;

/**
 * Where fields lie in the JVM's own objects, as its table {@code gHotSpotVMStructs} tells debuggers. It is in each
 * build of HotSpot.
 */
public final class VmStructs {

    private static final int UNKNOWN = -1;

    /** There are some 800. A table without an end is none. */
    private static final int MOST = 20_000;

    private final NativeMemory memory;
    private final long first;
    private final long stride;
    private final long typeName;
    private final long fieldName;
    private final long offset;

    public VmStructs(NativeMemory memory) {
        this.memory = memory;
        first = variable("gHotSpotVMStructs");
        stride = variable("gHotSpotVMStructEntryArrayStride");
        typeName = variable("gHotSpotVMStructEntryTypeNameOffset");
        fieldName = variable("gHotSpotVMStructEntryFieldNameOffset");
        offset = variable("gHotSpotVMStructEntryOffsetOffset");
    }

    /** How many bytes behind its object's address a field is that is not static, or -1 if there is none. */
    public long offset(String type, String field) {
        if (first == 0 || stride <= 0) {
            return UNKNOWN;
        }
        long entry = first;
        for (int i = 0; i < MOST; i++, entry += stride) {
            long name = memory.longAt(entry + typeName);
            if (name == 0) {
                return UNKNOWN;
            }
            if (is(name, type) && is(memory.longAt(entry + fieldName), field)) {
                return memory.longAt(entry + offset);
            }
        }
        return UNKNOWN;
    }

    /** 0 if there is none of that name. */
    private long variable(String name) {
        long address = memory.symbol(name);
        return address == 0 ? 0 : memory.longAt(address);
    }

    private boolean is(long address, String expected) {
        int length = expected.length();
        for (int i = 0; i < length; i++) {
            if (memory.byteAt(address + i) != expected.charAt(i)) {
                return false;
            }
        }
        return memory.byteAt(address + length) == 0;
    }
}
