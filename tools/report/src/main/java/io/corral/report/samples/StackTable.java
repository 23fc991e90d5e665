package io.corral.report.samples;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All stacks as one tree. A node stands for a call, and its parent for the caller. Node 0 is the
 * root, which stands for no call. Parents have smaller numbers than their children.
 */
public final class StackTable {

    public static final int ROOT = 0;

    private final List<String> frames = new ArrayList<>();
    private final Map<String, Integer> framesByName = new HashMap<>();
    private final LongList parents = new LongList();
    private final LongList nodeFrames = new LongList();
    private final Map<Long, Integer> nodes = new HashMap<>();

    public StackTable() {
        parents.add(ROOT);
        nodeFrames.add(frame(""));
    }

    /** The number of the frame with this name. Adds the frame if there is none. */
    public int frame(String name) {
        return framesByName.computeIfAbsent(name, unseen -> {
            frames.add(name);
            return frames.size() - 1;
        });
    }

    /**
     * The node of a frame whose caller is the node {@code parent}. Adds the node if there is none.
     */
    public int child(int parent, int frame) {
        long key = ((long) parent << Integer.SIZE) | frame;
        return nodes.computeIfAbsent(key, unseen -> {
            parents.add(parent);
            nodeFrames.add(frame);
            return parents.size() - 1;
        });
    }

    public int size() {
        return parents.size();
    }

    public int parent(int node) {
        return (int) parents.get(node);
    }

    public int frameOf(int node) {
        return (int) nodeFrames.get(node);
    }

    public String name(int frame) {
        return frames.get(frame);
    }
}
