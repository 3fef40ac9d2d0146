using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatOps.Agent.Models.Costs;

/// <summary>The format of a file of prices. Known when the program is built, because the shipped file is read at each start.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PricesFile))]
internal sealed partial class PricesJson : JsonSerializerContext;
