package io.corral.runtime.jdk;

import java.util.Arrays;

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

    /** A field that is not static, of one of the JVM's own types. */
    public static final class Field {

        private final String type;
        private final String name;

        /** Tells nearly all other types at a glance. */
        private final byte initial;

        public Field(String type, String name) {
            this.type = type;
            this.name = name;
            this.initial = (byte) type.charAt(0);
        }
    }

    /**
     * In one pass, since at the start of a JVM all of it is interpreted.
     *
     * @return how many bytes behind its object's address each field is, or -1 if there is none
     */
    public long[] offsets(Field... wanted) {
        long[] offsets = new long[wanted.length];
        Arrays.fill(offsets, UNKNOWN);
        if (first == 0 || stride <= 0) {
            return offsets;
        }
        int missing = wanted.length;
        long entry = first;
        long last = 0;
        boolean isWanted = false;
        for (int i = 0; i < MOST && missing > 0; i++, entry += stride) {
            long type = memory.longAt(entry + typeName);
            if (type == 0) {
                break;
            }
            // A type's fields stand one behind the other, and mostly share its name.
            if (type != last) {
                last = type;
                isWanted = isTypeOfAny(type, wanted);
            }
            if (isWanted) {
                int found = indexOf(type, memory.longAt(entry + fieldName), wanted);
                if (found >= 0 && offsets[found] == UNKNOWN) {
                    offsets[found] = memory.longAt(entry + offset);
                    missing--;
                }
            }
        }
        return offsets;
    }

    private boolean isTypeOfAny(long type, Field[] wanted) {
        byte initial = memory.byteAt(type);
        for (Field field : wanted) {
            if (field.initial == initial && is(type, field.type)) {
                return true;
            }
        }
        return false;
    }

    private int indexOf(long type, long name, Field[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (is(name, wanted[i].name) && is(type, wanted[i].type)) {
                return i;
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
