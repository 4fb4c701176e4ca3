"""The feed that InforMEA and ECOLEX harvest: OData 2, the sets Treaties to Documents.

`records` makes the records, `files` writes each set whole, `respond` answers what a harvester asks
of a live service. No contacts: these are data of persons.
"""

from meagraph.export.informea.feed import Feed, records
from meagraph.export.informea.output import files
from meagraph.export.informea.record import LeftOut, Record
from meagraph.export.informea.service import Response, respond

__all__ = ["Feed", "LeftOut", "Record", "Response", "files", "records", "respond"]
