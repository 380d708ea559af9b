//! A table in plain text that is also one in Markdown.

pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new<const N: usize>(heads: [&str; N]) -> Self {
        Self { rows: vec![heads.map(String::from).into()] }
    }

    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.into());
    }

    /// The first column is text and stands to the left, the others to the right.
    pub fn print(&self) {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<_> = (0..columns).map(width).collect();
        for (index, row) in self.rows.iter().enumerate() {
            let mut line = String::from("|");
            for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
                line += &match column {
                    0 => format!(" {cell:<width$} |"),
                    _ => format!(" {cell:>width$} |"),
                };
            }
            println!("{line}");
            if index == 0 {
                let mut rule = String::from("|");
                for (column, width) in widths.iter().enumerate() {
                    let mark = if column == 0 { "-" } else { ":" };
                    rule += &format!("{}{mark}|", "-".repeat(width + 1));
                }
                println!("{rule}");
            }
        }
    }
}

/// How a measured value stands to its goal.
pub fn verdict(value: f64, goal: f64) -> String {
    match value {
        _ if value <= goal => "yes",
        _ if value <= 2.0 * goal => "within 2x",
        _ => "NO",
    }
    .into()
}
