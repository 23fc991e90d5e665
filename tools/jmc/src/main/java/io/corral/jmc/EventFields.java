package io.corral.jmc;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmc.common.item.IAccessorKey;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IItemIterable;
import org.openjdk.jmc.common.item.IMemberAccessor;
import org.openjdk.jmc.common.item.IType;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.common.unit.UnitLookup;

/**
 * The fields of the events of one type, by name. The value is unknown if the type lacks the field.
 */
final class EventFields {

    static final long UNKNOWN = Long.MIN_VALUE;

    private final Map<String, IMemberAccessor<?, IItem>> accessors = new HashMap<>();

    EventFields(IItemIterable items) {
        IType<IItem> type = items.getType();
        for (IAccessorKey<?> key : type.getAccessorKeys().keySet()) {
            accessors.put(key.getIdentifier(), type.getAccessor(key));
        }
    }

    private @Nullable Object value(IItem item, String field) {
        IMemberAccessor<?, IItem> accessor = accessors.get(field);
        return accessor == null ? null : accessor.getMember(item);
    }

    @Nullable String text(IItem item, String field) {
        return value(item, field) instanceof String text ? text : null;
    }

    long nanos(IItem item, String field) {
        return value(item, field) instanceof IQuantity quantity
                ? quantity.clampedLongValueIn(UnitLookup.NANOSECOND)
                : UNKNOWN;
    }

    long startNanos(IItem item) {
        return value(item, "startTime") instanceof IQuantity quantity
                ? quantity.clampedLongValueIn(UnitLookup.EPOCH_NS)
                : UNKNOWN;
    }

    /** A number without a unit. */
    long number(IItem item, String field) {
        return value(item, field) instanceof Number number ? number.longValue() : UNKNOWN;
    }
}
