//! A table of an answer: columns in the layout of Arrow, which pandas, polars and others take as they
//! are.

use std::io;
use std::sync::Arc;

use arrow_array::builder::{Date32Builder, Float64Builder, Int64Builder, LargeStringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch, StructArray};
use arrow_schema::{ArrowError, DataType, Field as ArrowField, Schema, SchemaRef};
use demarche::Graph;
use demarche::model::{Date, Day};
use demarche::query::Section;
use demarche::render::Why;
use demarche::render::fields::{
    Field, Heading, Type, each_cell, headings, in_parts, matrix_headings,
};
use pyo3::IntoPyObjectExt;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList, PyString};
use pyo3_arrow::ffi::{ArrayIterator, to_stream_pycapsule};

/// A table.
#[pyclass(frozen, module = "demarche_graph._native")]
pub(crate) struct Table {
    pub(crate) batches: Batches,
}

/// The columns of a table, in parts of some thousands of rows: each core makes one at a time.
pub(crate) struct Batches {
    schema: SchemaRef,
    parts: Vec<RecordBatch>,
}

impl Batches {
    fn rows(&self) -> usize {
        self.parts.iter().map(RecordBatch::num_rows).sum()
    }
}

#[pymethods]
impl Table {
    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        let fields = self.batches.schema.fields().iter();
        fields.map(|field| field.name().clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.batches.rows()
    }

    /// What each column holds, in the order of `columns`: text, number, whole or date.
    #[getter]
    fn types(&self) -> Vec<&'static str> {
        let types = self
            .batches
            .schema
            .fields()
            .iter()
            .map(|field| match field.data_type() {
                DataType::Float64 => "number",
                DataType::Int64 => "whole",
                DataType::Date32 => "date",
                _ => "text",
            });
        types.collect()
    }

    /// Returns a column as a list.
    fn column<'py>(&self, py: Python<'py>, nth: usize) -> PyResult<Bound<'py, PyList>> {
        if nth >= self.batches.schema.fields().len() {
            return Err(PyValueError::new_err("there is no such column"));
        }
        let list = PyList::empty(py);
        for part in &self.batches.parts {
            for value in values(py, part.column(nth), part.num_rows())? {
                list.append(value)?;
            }
        }
        Ok(list)
    }

    /// Returns the first rows, all by default, each as a dict.
    #[pyo3(signature = (limit=None))]
    fn rows<'py>(&self, py: Python<'py>, limit: Option<usize>) -> PyResult<Bound<'py, PyList>> {
        let all = PyList::empty(py);
        let mut left = limit.unwrap_or(usize::MAX);
        for part in &self.batches.parts {
            let many = part.num_rows().min(left);
            left -= many;
            let rows: Vec<Bound<'py, PyDict>> = (0..many).map(|_| PyDict::new(py)).collect();
            for (field, array) in self.batches.schema.fields().iter().zip(part.columns()) {
                let name = PyString::intern(py, field.name());
                for (row, value) in rows.iter().zip(values(py, array, many)?) {
                    row.set_item(&name, value)?;
                }
            }
            for row in rows {
                all.append(row)?;
            }
        }
        Ok(all)
    }

    /// Hands the columns over, without a copy: the interface of Arrow for C.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let parts = self.batches.parts.iter().cloned();
        let parts: Vec<Result<ArrayRef, ArrowError>> = parts
            .map(|part| Ok(Arc::new(StructArray::from(part)) as ArrayRef))
            .collect();
        let fields = self.batches.schema.fields().clone();
        let field = Arc::new(ArrowField::new("", DataType::Struct(fields), false));
        let reader = Box::new(ArrayIterator::new(parts, field));
        Ok(to_stream_pycapsule(py, reader, requested_schema)?)
    }
}

/// Returns the first values of a column as Python has them.
fn values<'py>(py: Python<'py>, array: &ArrayRef, many: usize) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let none = || py.None().into_bound(py);
    let made = (0..many).map(|nth| match array.data_type() {
        _ if array.is_null(nth) => Ok(none()),
        DataType::Float64 => object(py, array.as_primitive::<Float64Type>().value(nth)),
        DataType::Int64 => object(py, array.as_primitive::<Int64Type>().value(nth)),
        // Python has no day before the year 1.
        DataType::Date32 => match array.as_primitive::<Date32Type>().value_as_date(nth) {
            Some(date) => Ok(date
                .into_pyobject(py)
                .map_or_else(|_| none(), Bound::into_any)),
            None => Ok(none()),
        },
        _ => object(py, array.as_string::<i64>().value(nth)),
    });
    made.collect()
}

fn object<'py>(py: Python<'py>, value: impl IntoPyObject<'py>) -> PyResult<Bound<'py, PyAny>> {
    value.into_bound_py_any(py)
}

/// A column that is filled field by field. A date fills three: its text, its first and its last day.
enum Column {
    Text(LargeStringBuilder),
    Number(Float64Builder),
    Whole(Int64Builder),
    Date(Box<Dates>),
}

/// The three columns of a date.
#[derive(Default)]
struct Dates {
    text: LargeStringBuilder,
    from: Date32Builder,
    to: Date32Builder,
}

impl Column {
    fn new(holds: Type) -> Column {
        match holds {
            Type::Text => Column::Text(LargeStringBuilder::new()),
            Type::Number => Column::Number(Float64Builder::new()),
            Type::Whole => Column::Whole(Int64Builder::new()),
            Type::Date => Column::Date(Box::default()),
        }
    }

    fn put(&mut self, field: &Field<'_>) {
        match (self, field) {
            (Column::Text(column), field) => {
                let text = field.written(&|number| number.to_string());
                column.append_option(Some(text).filter(|text| !text.is_empty()));
            }
            (Column::Number(column), Field::Number(number)) => column.append_value(*number),
            (Column::Number(column), Field::Whole(number)) => column.append_value(*number as f64),
            (Column::Number(column), _) => column.append_null(),
            (Column::Whole(column), Field::Whole(number)) => column.append_value(*number),
            (Column::Whole(column), _) => column.append_null(),
            (Column::Date(dates), Field::Date(date)) => {
                let [from, to] = ends(*date);
                dates.put(Some(date.to_string()), from, to);
            }
            (Column::Date(dates), _) => dates.put(None, None, None),
        }
    }

    /// Returns the columns that it became, with their names.
    fn finish(self, name: &str) -> Vec<(String, ArrayRef)> {
        let name = name.to_owned();
        match self {
            Column::Text(mut column) => vec![(name, Arc::new(column.finish()))],
            Column::Number(mut column) => vec![(name, Arc::new(column.finish()))],
            Column::Whole(mut column) => vec![(name, Arc::new(column.finish()))],
            Column::Date(mut dates) => vec![
                (name.clone(), Arc::new(dates.text.finish())),
                (format!("{name}_from"), Arc::new(dates.from.finish())),
                (format!("{name}_to"), Arc::new(dates.to.finish())),
            ],
        }
    }
}

impl Dates {
    fn put(&mut self, text: Option<String>, from: Option<i32>, to: Option<i32>) {
        self.text.append_option(text);
        self.from.append_option(from);
        self.to.append_option(to);
    }
}

/// Returns the first and the last day of a date, counted from 1970-01-01; nothing where it is open.
fn ends(date: Date) -> [Option<i32>; 2] {
    let period = date.period();
    [period.from, period.to].map(|day| match day {
        Day::FIRST | Day::LAST => None,
        Day(day) => Some(day),
    })
}

/// Columns on their way.
struct Columns {
    headings: Vec<Heading>,
    columns: Vec<Column>,
}

impl Columns {
    fn new(headings: &[Heading]) -> Columns {
        let columns = headings.iter().map(|heading| Column::new(heading.holds));
        Columns {
            columns: columns.collect(),
            headings: headings.to_vec(),
        }
    }

    fn put(&mut self, fields: &[Field<'_>]) {
        for (column, field) in self.columns.iter_mut().zip(fields) {
            column.put(field);
        }
    }

    fn finish(self) -> Result<RecordBatch, ArrowError> {
        let columns = self.headings.iter().zip(self.columns);
        let columns = columns.flat_map(|(heading, column)| column.finish(&heading.name));
        let (fields, arrays): (Vec<ArrowField>, Vec<ArrayRef>) = columns
            .map(|(name, array)| {
                (
                    ArrowField::new(name, array.data_type().clone(), true),
                    array,
                )
            })
            .unzip();
        RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)
    }
}

/// Makes the columns of a table: those of CSV.
pub(crate) fn batches(
    graph: &Graph,
    section: &Section<'_>,
    why: Why,
) -> Result<Batches, ArrowError> {
    let headings = match section.matrix {
        Some(matrix) => matrix_headings(matrix).collect(),
        None => headings(section.rows.columns(), why),
    };
    // The schema of a table without rows is that of any.
    let empty = Columns::new(&headings).finish()?;
    let mut parts = Vec::new();
    match section.matrix {
        Some(matrix) => {
            let mut columns = Columns::new(&headings);
            each_cell(graph, matrix, &mut |fields| columns.put(fields));
            parts.push(columns.finish()?);
        }
        None => {
            let new = || Columns::new(&headings);
            let take = |part: Columns| {
                parts.push(part.finish().map_err(io::Error::other)?);
                Ok(())
            };
            in_parts(graph, section.rows, why, new, Columns::put, take)?;
        }
    }
    Ok(Batches {
        schema: empty.schema(),
        parts,
    })
}
