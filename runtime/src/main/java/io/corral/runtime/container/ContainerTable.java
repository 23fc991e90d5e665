package io.corral.runtime.container;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The containers of one hierarchy in the order of their creation, so that parents come before their
 * children. It also has the list of containers with changed sums since the last reading. Under
 * {@link Trees#LOCK}.
 */
public final class ContainerTable {

    private static final int SLACK = 16;

    /**
     * The elements are null in the gaps that removed containers have left, and from {@link #end}
     * on.
     */
    private @Nullable ContainerNode[] array = {};

    private int end;
    private int size;
    private int version;
    private int layout;

    /**
     * The containers that have changed, linked through {@link ContainerNode#nextChanged}. The last
     * one refers to itself. Removed containers are dropped from the list from time to time.
     */
    private @Nullable ContainerNode firstChanged;

    private int changedCount;

    /** Null if there is none. It is dropped when most of the containers in it have been removed. */
    private @Nullable Reading lastReading;

    private int removedSinceReading;

    /** What a reader keeps with this table until it reads again. */
    public interface Reading {}

    /** Makes room for one more container, so that {@link #add} needs no memory. */
    void makeRoom() {
        if (end < array.length) {
            return;
        }
        @Nullable ContainerNode[] larger = new @Nullable ContainerNode[size + (size >> 1) + SLACK];
        int length = 0;
        for (ContainerNode each : array) {
            if (each != null) {
                each.slot = length;
                larger[length++] = each;
            }
        }
        end = length;
        array = larger;
        version++;
        layout++;
    }

    /** After {@link #makeRoom}. */
    void add(ContainerNode added) {
        added.slot = end;
        array[end++] = added;
        size++;
        version++;
        changed(added);
    }

    /** Needs no memory. */
    void remove(ContainerNode removed) {
        array[removed.slot] = null;
        size--;
        version++;
        if (changedCount > 2 * size + SLACK) {
            dropRemoved();
        }
        if (lastReading != null && ++removedSinceReading > size + SLACK) {
            lastReading = null;
            for (ContainerNode each : array) {
                if (each != null) {
                    changed(each);
                }
            }
        }
    }

    /** The last reading, or null: then all containers count as changed. */
    public @Nullable Reading lastReading() {
        return lastReading;
    }

    /** Called by a reader before it reads. */
    public void lastReading(Reading reading) {
        lastReading = reading;
        removedSinceReading = 0;
    }

    /** Notes that a container's sum has changed. Needs no memory. */
    public void changed(ContainerNode node) {
        if (node.nextChanged == null && !node.isRemoved()) {
            if (changedCount > 2 * size + SLACK) {
                dropRemoved();
            }
            link(node);
        }
    }

    private void link(ContainerNode node) {
        ContainerNode next = firstChanged;
        node.nextChanged = next == null ? node : next;
        firstChanged = node;
        changedCount++;
    }

    private void dropRemoved() {
        ContainerNode all = firstChanged;
        firstChanged = null;
        changedCount = 0;
        while (all != null) {
            ContainerNode node = all;
            all = node.nextChanged == node ? null : node.nextChanged;
            node.nextChanged = null;
            if (!node.isRemoved()) {
                link(node);
            }
        }
    }

    /** The first container that has changed since it was marked as read, or null. */
    public @Nullable ContainerNode firstChanged() {
        return firstChanged;
    }

    /** Marks {@link #firstChanged()} as read. */
    public void firstIsRead() {
        ContainerNode node = firstChanged;
        if (node != null) {
            firstChanged = node.nextChanged == node ? null : node.nextChanged;
            node.nextChanged = null;
            changedCount--;
        }
    }

    /** Adds the accounts of all containers to the root of another hierarchy. */
    void addAccountsTo(AccountList root, int hierarchy) {
        for (int i = 0; i < end; i++) {
            ContainerNode each = array[i];
            if (each != null) {
                for (AccountRef ref : each.accounts.copy()) {
                    ref.slots(Arrays.copyOf(ref.slots(), hierarchy + 1));
                    root.makeRoom();
                    root.add(ref);
                }
            }
        }
    }

    /** How many containers there are. */
    public int size() {
        return size;
    }

    /** A number that changes whenever a container is created or removed. */
    public int version() {
        return version;
    }

    /** A number that changes whenever a container gets another {@linkplain #slot slot}. */
    public int layout() {
        return layout;
    }

    /** A copy of the array, with its gaps. */
    public @Nullable ContainerNode[] copy() {
        return Arrays.copyOf(array, end);
    }

    /** The index of a container in {@link #copy}. */
    public static int slot(ContainerNode node) {
        return node.slot;
    }
}
