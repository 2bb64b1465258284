//! The manual pages.

use std::path::Path;

use clap::CommandFactory;

use crate::cli::args::Arguments;
use crate::cli::{Failure, print_done};

/// The page of the program; with a folder, writes a page for it and for each command there, and says so.
pub(super) fn pages(folder: Option<&Path>) -> Result<String, Failure> {
    let failed = |error: std::io::Error| Failure::new(format!("can't write the manual: {error}"));
    let command = Arguments::command();
    match folder {
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(command)
                .render(&mut page)
                .map_err(failed)?;
            String::from_utf8(page).map_err(|error| Failure::new(error.to_string()))
        }
        Some(folder) => {
            std::fs::create_dir_all(folder).map_err(failed)?;
            clap_mangen::generate_to(command, folder).map_err(failed)?;
            print_done(&format!(
                "wrote the manual pages into `{}`\n",
                folder.display()
            ))?;
            Ok(String::new())
        }
    }
}
