package io.corral.tools.screen;

/** Which of many rows are visible, and which is selected. Used by one thread. */
final class Page {

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
