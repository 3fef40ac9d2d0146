using System.Text.Json.Serialization;

namespace ChatOps.Fleet.Frames;

/// <summary>The frames' JSON, generated at build time: strict about what must be there, indifferent to what is new.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowOutOfOrderMetadataProperties = true,
    AllowDuplicateProperties = false,
    MaxDepth = FrameCodec.MaxDepth)]
[JsonSerializable(typeof(Frame))]
[JsonSerializable(typeof(ExecutionPlan))]
internal sealed partial class FrameJson : JsonSerializerContext;
