using System.Text.Json.Serialization;

namespace ChatOps.Node.Connection;

/// <summary>The membership file's format.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(NodeMembership))]
internal sealed partial class MembershipJson : JsonSerializerContext;
