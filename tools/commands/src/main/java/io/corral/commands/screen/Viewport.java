package io.corral.commands.screen;

/** The part of many rows that is visible, and the selected row. Not thread-safe. */
final class Viewport {

    private int selected;
    private int top;

    int selected() {
        return selected;
    }

    /** The first visible row. */
    int top() {
        return top;
    }

    void move(int by) {
        selected += by;
    }

    void select(int row) {
        selected = row;
    }

    /** Keeps the selection within the rows, and visible. */
    void fit(int rows, int height) {
        selected = Math.max(0, Math.min(selected, rows - 1));
        top = Math.min(top, selected);
        if (selected >= top + height) {
            top = selected - height + 1;
        }
        top = Math.max(0, Math.min(top, rows - height));
    }
}
