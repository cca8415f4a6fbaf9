/*! @cfworker/json-schema, MIT License, Copyright (c) 2020 Jeremy Danyow */
import { Validator } from "@cfworker/json-schema";

// The errors of a value under a JSON Schema 2020-12, all of them.
export const validate = (schema, value) => new Validator(schema, "2020-12", false).validate(value).errors;
